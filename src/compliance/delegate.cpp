#include "compliance/delegate.h"

#include <algorithm>

#include "audit/journal.h"
#include "tenants/settings.h"

namespace beffroi::compliance {

namespace {

constexpr tenants::TextSetting kName = {"delegate.name", "", 200};
constexpr tenants::TextSetting kContact = {"delegate.contact", "", 200};

Status check(std::string_view text, std::size_t most_bytes) {
  if (text.size() > most_bytes)
    return fail(Code::invalid_argument,
                "Le nom et l’adresse du délégué tiennent chacun en 150 caractères environ\u00a0: raccourcissez-les.");
  const bool one_line = std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
  return one_line ? Status{} : fail(Code::invalid_argument, "Le nom et l’adresse du délégué s’écrivent chacun sur une ligne.");
}

}  // namespace

Result<Delegate> delegate_of(const tenants::Tenant& tenant) {
  return Delegate{BEFFROI_TRY(tenants::read(tenant, kName)), BEFFROI_TRY(tenants::read(tenant, kContact))};
}

Status name_delegate(const tenants::Tenant& tenant, const Delegate& delegate, const audit::Who& who, std::int64_t now_ms) {
  if (delegate.name.empty() && !delegate.contact.empty()) return fail(Code::invalid_argument, "Écrivez aussi qui est le délégué.");
  BEFFROI_CHECK(check(delegate.name, kName.most_bytes));
  BEFFROI_CHECK(check(delegate.contact, kContact.most_bytes));
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  audit::Entry entry;
  entry.who = who;
  entry.action = audit::Action::setting_changed;
  entry.object = "delegate";
  BEFFROI_TRY(audit::append_within(database, tenant.id(), entry, now_ms));
  BEFFROI_CHECK(tenants::write_within(database, kName, delegate.name));
  BEFFROI_CHECK(tenants::write_within(database, kContact, delegate.contact));
  return transaction.commit();
}

}  // namespace beffroi::compliance
