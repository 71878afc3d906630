// Corpora opened to nodes below, and the list of backups.
#include <fmt/format.h>

#include <algorithm>

#include "base/clock.h"
#include "tenants/directory.h"
#include "tenants/rows.h"

namespace beffroi::tenants {

namespace {

constexpr std::string_view kShares = "SELECT corpus, owner, target, since FROM corpus_share ORDER BY since, corpus, owner, target";

Result<std::vector<CorpusShare>> read_shares(db::Database& installation) {
  std::vector<CorpusShare> shares;
  db::Statement rows = BEFFROI_TRY(installation.prepare(kShares));
  while (BEFFROI_TRY(rows.step())) {
    shares.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)), rows.number(3)});
  }
  return shares;
}

bool opens_to(const CorpusShare& share, const Tenant& tenant) {
  const bool below = share.owner.empty() || share.owner == tenant.parent();
  return below && (share.target.empty() || share.target == tenant.id());
}

Status check_share(db::Database& installation, const CorpusShare& share) {
  if (!is_node_id(share.corpus)) {
    return fail(Code::invalid_argument, "Le nom du corpus n’est pas valide\u00a0: minuscules sans accent, chiffres et tirets.");
  }
  if (!share.owner.empty() && BEFFROI_TRY(read_node(installation, share.owner)).kind != Kind::syndicate) {
    return fail(Code::invalid_argument,
                fmt::format("«\u00a0{}\u00a0» n’est pas un syndicat\u00a0: il n’a personne au-dessous de lui.", share.owner));
  }
  if (share.target.empty()) return {};
  const Node target = BEFFROI_TRY(read_node(installation, share.target));
  if (share.owner.empty() || target.parent == share.owner) return {};
  return fail(Code::invalid_argument,
              fmt::format("«\u00a0{}\u00a0» n’est pas une commune de «\u00a0{}\u00a0».", share.target, share.owner));
}

}  // namespace

Result<std::vector<CorpusShare>> Directory::shares() const {
  db::Database database = BEFFROI_TRY(installation(db::Access::read_only));
  return read_shares(database);
}

Result<std::vector<CorpusShare>> Directory::visible_corpora(const Tenant& tenant) const {
  std::vector<CorpusShare> visible = BEFFROI_TRY(shares());
  std::erase_if(visible, [&](const CorpusShare& share) { return !opens_to(share, tenant); });
  return visible;
}

Result<bool> Directory::may_read(const Tenant& tenant, std::string_view corpus, std::string_view owner) const {
  const std::vector<CorpusShare> visible = BEFFROI_TRY(visible_corpora(tenant));
  return std::any_of(visible.begin(), visible.end(),
                     [&](const CorpusShare& share) { return share.corpus == corpus && share.owner == owner; });
}

Status Directory::share(const CorpusShare& share) {
  db::Database database = BEFFROI_TRY(installation(db::Access::read_write));
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  BEFFROI_CHECK(check_share(database, share));
  CorpusShare dated = share;
  dated.since_ms = now_ms();
  BEFFROI_CHECK(insert_share(database, dated));
  return transaction.commit();
}

Status Directory::unshare(const CorpusShare& share) {
  db::Database database = BEFFROI_TRY(installation(db::Access::read_write));
  db::Statement remove = BEFFROI_TRY(database.prepare("DELETE FROM corpus_share WHERE corpus = ? AND owner = ? AND target = ?"));
  BEFFROI_CHECK(remove.bind_all(std::string_view(share.corpus), std::string_view(share.owner), std::string_view(share.target)));
  BEFFROI_CHECK(remove.run());
  if (database.changes() == 0)
    return fail(Code::not_found, "Ce partage n’existe pas\u00a0: «\u00a0beffroi commune shares\u00a0» les montre.");
  return {};
}

Status Directory::keep_backup(const BackupMade& backup) {
  db::Database database = BEFFROI_TRY(installation(db::Access::read_write));
  db::Statement insert = BEFFROI_TRY(database.prepare("INSERT INTO backup (file, made_at, bytes, sha256) VALUES (?, ?, ?, ?)"));
  BEFFROI_CHECK(insert.bind_all(std::string_view(backup.file), backup.at_ms, backup.bytes, std::string_view(backup.sha256)));
  return insert.run();
}

Result<std::vector<BackupMade>> Directory::backups() const {
  std::vector<BackupMade> backups;
  db::Database database = BEFFROI_TRY(installation(db::Access::read_only));
  db::Statement rows = BEFFROI_TRY(database.prepare("SELECT file, made_at, bytes, sha256 FROM backup ORDER BY made_at DESC, id DESC"));
  while (BEFFROI_TRY(rows.step())) {
    backups.push_back({std::string(rows.text(0)), rows.number(1), rows.number(2), std::string(rows.text(3))});
  }
  return backups;
}

}  // namespace beffroi::tenants
