#include "compliance/charter.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/journal.h"
#include "compliance/who.h"
#include "crypto/digest.h"
#include "db/database.h"
#include "text/utf8.h"

namespace beffroi::compliance {

namespace {

constexpr std::string_view kColumns = "version, text, sha256, in_force_ms, published_ms, published_by";

Charter read_charter(const db::Statement& row) {
  return {row.number(0), std::string(row.text(1)), std::string(row.text(2)), row.number(3), row.number(4), std::string(row.text(5))};
}

Charter shipped() {
  const std::string text(shipped_charter());
  return {0, text, crypto::sha256_hex(text), 0, 0, ""};
}

Result<Charter> in_force(db::Database& database, std::int64_t now_ms) {
  db::Statement row = BEFFROI_TRY(
      database.prepare(fmt::format("SELECT {} FROM compliance_charter WHERE in_force_ms <= ? ORDER BY version DESC LIMIT 1", kColumns)));
  BEFFROI_CHECK(row.bind(1, now_ms));
  if (BEFFROI_TRY(row.step())) return read_charter(row);
  return shipped();
}

Result<Charter> latest(db::Database& database) {
  db::Statement row =
      BEFFROI_TRY(database.prepare(fmt::format("SELECT {} FROM compliance_charter ORDER BY version DESC LIMIT 1", kColumns)));
  if (BEFFROI_TRY(row.step())) return read_charter(row);
  return shipped();
}

// The line feeds of a form become those of a file: the same text has the same hash.
std::string without_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

Status check_text(const std::string& text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  if (std::all_of(text.begin(), text.end(), is_blank)) return fail(Code::invalid_argument, "Écrivez le texte de la charte.");
  if (text.size() > kMostCharterBytes) return fail(Code::too_large, "Le texte de la charte est trop long\u00a0: 30 000 octets au plus.");
  if (!text::is_valid_utf8(text) || text.find('\0') != std::string::npos)
    return fail(Code::invalid_argument, "Le texte de la charte contient des caractères qui ne s’affichent pas.");
  return {};
}

Status insert(db::Database& database, const Charter& charter) {
  db::Statement row = BEFFROI_TRY(database.prepare(fmt::format("INSERT INTO compliance_charter ({}) VALUES (?, ?, ?, ?, ?, ?)", kColumns)));
  BEFFROI_CHECK(row.bind_all(charter.version, std::string_view(charter.text), std::string_view(charter.sha256), charter.in_force_ms,
                             charter.published_ms, std::string_view(charter.published_by)));
  return row.run();
}

Result<bool> accepted(db::Database& database, std::string_view account, const Charter& charter) {
  db::Statement row = BEFFROI_TRY(database.prepare("SELECT 1 FROM compliance_acceptance WHERE account = ? AND version = ? AND sha256 = ?"));
  BEFFROI_CHECK(row.bind_all(account, charter.version, std::string_view(charter.sha256)));
  return row.step();
}

Result<std::vector<Acceptance>> acceptances_in(db::Statement& rows) {
  std::vector<Acceptance> found;
  while (BEFFROI_TRY(rows.step())) {
    found.push_back({std::string(rows.text(0)), rows.number(1), std::string(rows.text(2)), rows.number(3)});
  }
  return found;
}

}  // namespace

Result<Charter> charter_in_force(const tenants::Tenant& tenant, std::int64_t now_ms) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  return in_force(database, now_ms);
}

Result<std::vector<Charter>> charters(const tenants::Tenant& tenant) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement rows = BEFFROI_TRY(database.prepare(fmt::format("SELECT {} FROM compliance_charter ORDER BY version DESC", kColumns)));
  std::vector<Charter> found;
  while (BEFFROI_TRY(rows.step())) found.push_back(read_charter(rows));
  found.push_back(shipped());
  return found;
}

Result<Charter> publish_charter(const tenants::Tenant& tenant, const NewCharter& charter, const audit::Who& who, std::int64_t now_ms) {
  Charter made;
  made.text = without_returns(charter.text);
  BEFFROI_CHECK(check_text(made.text));
  made.sha256 = crypto::sha256_hex(made.text);
  made.in_force_ms = std::max(charter.in_force_ms, now_ms);
  made.published_ms = now_ms;
  made.published_by = who.id.empty() ? std::string(audit::name_of(who.kind)) : who.id;
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  const Charter former = BEFFROI_TRY(latest(database));
  if (made.in_force_ms < former.in_force_ms)
    return fail(Code::invalid_argument, "Une version déjà publiée entre en vigueur plus tard\u00a0: choisissez une date après la sienne.");
  made.version = former.version + 1;
  BEFFROI_CHECK(insert(database, made));
  audit::Entry entry;
  entry.who = who;
  entry.action = audit::Action::charter_published;
  entry.object = fmt::format("charter:{}:{}", made.version, made.sha256.substr(0, 16));
  BEFFROI_TRY(audit::append_within(database, tenant.id(), entry, now_ms));
  BEFFROI_CHECK(transaction.commit());
  return made;
}

Status accept_charter(const people::Visitor& visitor, const CharterRead& read, std::int64_t now_ms) {
  if (visitor.kind != people::Visitor::Kind::person)
    return fail(Code::denied, "Seule une personne connectée accepte la charte\u00a0; une clé suit son propriétaire.");
  db::Database database = BEFFROI_TRY(visitor.tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  const Charter charter = BEFFROI_TRY(in_force(database, now_ms));
  if (charter.version != read.version || charter.sha256 != read.sha256)
    return fail(Code::conflict, "La charte a changé depuis que cette page est ouverte\u00a0: relisez-la avant de l’accepter.");
  if (BEFFROI_TRY(accepted(database, visitor.account, charter))) return {};
  db::Statement row =
      BEFFROI_TRY(database.prepare("INSERT INTO compliance_acceptance (account, version, sha256, accepted_ms) VALUES (?, ?, ?, ?)"));
  BEFFROI_CHECK(row.bind_all(std::string_view(visitor.account), charter.version, std::string_view(charter.sha256), now_ms));
  BEFFROI_CHECK(row.run());
  audit::Entry entry;
  entry.who = who_of(visitor);
  entry.action = audit::Action::charter_accepted;
  entry.object = fmt::format("charter:{}:{}", charter.version, charter.sha256.substr(0, 16));
  BEFFROI_TRY(audit::append_within(database, visitor.tenant.id(), entry, now_ms));
  return transaction.commit();
}

Result<bool> has_accepted(const people::Visitor& visitor, std::int64_t now_ms) {
  if (visitor.kind == people::Visitor::Kind::anonymous) return true;
  db::Database database = BEFFROI_TRY(visitor.tenant.connect());
  return accepted(database, visitor.account, BEFFROI_TRY(in_force(database, now_ms)));
}

Result<std::vector<Acceptance>> acceptances(const tenants::Tenant& tenant) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement rows = BEFFROI_TRY(
      database.prepare("SELECT account, version, sha256, accepted_ms FROM compliance_acceptance ORDER BY accepted_ms DESC, account"));
  return acceptances_in(rows);
}

Result<std::vector<Acceptance>> acceptances_of(const tenants::Tenant& tenant, std::string_view account) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement rows = BEFFROI_TRY(database.prepare(
      "SELECT account, version, sha256, accepted_ms FROM compliance_acceptance WHERE account = ? ORDER BY accepted_ms DESC"));
  BEFFROI_CHECK(rows.bind(1, account));
  return acceptances_in(rows);
}

}  // namespace beffroi::compliance
