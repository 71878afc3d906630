#include "usecases/administration/commune_forms.h"

#include "people/password_rules.h"

namespace beffroi::administration {

void write_host_field(Html& html, const Call& call, std::string_view label) {
  const std::string host = call.typed("adresse");
  pages::write_field(html, {.id = "adresse",
                            .label = label,
                            .hint = "Le nom de machine que le public tapera, par exemple «\u00a0saint-jean.exemple.fr\u00a0».",
                            .value = host,
                            .fault = call.fault("adresse"),
                            .most_characters = "253"});
}

void write_first_administrator_fields(Html& html, const Call& call) {
  const std::string name = call.typed("administrateur");
  const std::string login = call.typed("identifiant");
  pages::write_field(html, {.id = "administrateur",
                            .label = "Prénom et nom de son premier administrateur",
                            .hint = "La personne de la commune qui créera les comptes des agents.",
                            .value = name,
                            .fault = call.fault("administrateur"),
                            .most_characters = "100"});
  pages::write_field(html, {.id = "identifiant",
                            .label = "Son identifiant",
                            .hint = "Le plus simple\u00a0: son adresse électronique professionnelle.",
                            .value = login,
                            .fault = call.fault("identifiant"),
                            .most_characters = "254"});
}

Result<FirstAdministrator> first_administrator(const Call& call, const http::Parameters& form) {
  FirstAdministrator first;
  first.account.name = trimmed(form.value("administrateur"));
  if (first.account.name.empty()) return fail(Code::invalid_argument, "Écrivez le prénom et le nom du premier administrateur.");
  first.account.login = BEFFROI_TRY(people::login_of(form.value("identifiant")));
  first.account.memberships = {{people::Role::commune_administrator, {}}};
  first.password = people::generated_password();
  first.account.kept_password = BEFFROI_TRY(call.services.sign_in->kept_form(first.password));
  return first;
}

Result<people::Account> enter_first_administrator(const Call& call, std::string_view commune, people::NewAccount account) {
  const tenants::Tenant tenant = BEFFROI_TRY(call.services.directory->tenant(commune));
  if (!BEFFROI_TRY(people::accounts(tenant)).empty()) {
    return fail(Code::conflict, "Cette commune a déjà des comptes\u00a0: c’est à son administrateur d’en créer d’autres.");
  }
  // In the commune's own journal: its administrator reads there who opened the door.
  return people::add_account(tenant, account, call.now_ms(), [&](db::Database& database, std::string_view id) {
    return call.services.journal->write_within(database, tenant,
                                               compliance::entry_of(call.visitor, audit::Action::account_added, std::string(id)));
  });
}

}  // namespace beffroi::administration
