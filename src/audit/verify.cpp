#include "audit/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "audit/rows.h"
#include "crypto/digest.h"

namespace beffroi::audit {

namespace {

// Reads lines in order and stops believing at the first fault.
class Reader {
 public:
  Reader(Head head, const std::optional<Noted>& noted) : noted_(noted) {
    found_.head = std::move(head);
    last_ = found_.head.purged;
    hash_ = found_.head.purged_hash;
    see_noted();
  }

  void read(const Line& line) {
    ++found_.kept;
    if (!found_.whole()) return;
    if (line.number <= last_) return blame(line.number, "elle a déjà été purgée, et elle est là");
    if (line.number != last_ + 1) return blame(last_ + 1, "elle manque");
    if (line.number > found_.head.lines) return blame(line.number, "elle a été ajoutée après la fin du journal");
    if (line.hash != chained(hash_, line)) return blame(line.number, "elle a été modifiée, ou celle d’avant");
    last_ = line.number;
    hash_ = line.hash;
    see_noted();
    if (line.action == name_of(Action::lines_purged)) signed_off_ = line.object;
  }

  Verification end() && {
    if (!found_.whole()) return std::move(found_);
    if (last_ < found_.head.lines) blame(last_ + 1, "elle manque à la fin");
    else if (hash_ != found_.head.hash) blame(last_, "son empreinte n’est pas celle qui a été retenue");
    else if (found_.head.purged > 0 && signed_off_ != fmt::format("{}:{}", found_.head.purged, found_.head.purged_hash))
      blame(found_.head.purged, "la purge qui l’aurait effacée n’est pas inscrite");
    else if (noted_ && noted_->number > found_.head.lines) blame(found_.head.lines + 1, "elle était là quand l’empreinte a été notée");
    return std::move(found_);
  }

 private:
  void blame(std::int64_t number, std::string_view what) {
    found_.fault_at = number;
    found_.fault = fmt::format("ligne {}\u00a0: {}", number, what);
  }
  void see_noted() {
    if (noted_ && noted_->number == last_ && noted_->hash != hash_) blame(last_, "son empreinte n’est pas celle qui avait été notée");
  }

  const std::optional<Noted>& noted_;
  Verification found_;
  std::int64_t last_ = 0;
  std::string hash_;
  std::string signed_off_;  // by the last purge read
};

}  // namespace

Result<Noted> parse_noted(std::string_view text) {
  Noted noted;
  const std::size_t colon = text.find(':');
  const char* const end = text.data() + std::min(colon, text.size());
  const auto [read, fault] = std::from_chars(text.data(), end, noted.number);
  if (colon == std::string_view::npos || fault != std::errc{} || read != end || noted.number < 1 ||
      !crypto::is_sha256(text.substr(colon + 1))) {
    return fail(Code::invalid_argument, "L’empreinte notée s’écrit NOMBRE:EMPREINTE, comme la donne une vérification.");
  }
  noted.hash = text.substr(colon + 1);
  return noted;
}

Result<Verification> verify(const tenants::Tenant& tenant, const std::optional<Noted>& noted) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  const db::Transaction one_state = BEFFROI_TRY(db::Transaction::begin(database, db::Transaction::Kind::read));
  Head head = BEFFROI_TRY(head_of(database, tenant.id()));
  if (head.purged == 0) head.purged_hash = first_hash(tenant.id());  // whatever the row says: a chain begins with its commune
  Reader reader(std::move(head), noted);
  BEFFROI_CHECK(each_row(database, {}, [&](const Line& line) -> Status {
    reader.read(line);
    return {};
  }));
  return std::move(reader).end();
}

}  // namespace beffroi::audit
