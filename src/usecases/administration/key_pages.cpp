// /administration/cles: every API key of the commune; made for a person, shown once, revoked.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "people/account.h"
#include "people/key.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

using people::Key;

constexpr std::string_view kPath = "/administration/cles";

std::string state_of(const Key& key, std::int64_t now_ms) {
  if (key.revoked) return "Révoquée";
  const std::string end = pages::french_date(people::day_of(key.ends_ms));
  return now_ms >= key.ends_ms ? "Expirée le " + end : "Jusqu’au " + end;
}

std::string rights_words(const std::vector<Right>& rights) {
  std::string words;
  for (const Right right : rights) words += (words.empty() ? "" : ", ") + std::string(people::title_of(right));
  return words;
}

Result<Key> find(const Call& call) {
  for (Key& key : BEFFROI_TRY(people::keys(call.tenant()))) {
    if (key.id == call.captured("id")) return std::move(key);
  }
  return fail(Code::not_found, "Cette clé n’existe pas, ou n’existe plus.");
}

void write_list(Html& html, const Call& call, const std::vector<Key>& keys, const std::map<std::string, std::string>& names) {
  if (keys.empty()) {
    html.element("p", "Aucune clé pour l’instant.");
    return;
  }
  pages::open_table(html, "liste-cles", counted(static_cast<std::int64_t>(keys.size()), "clé", "clés"));
  pages::write_heads(html, {"Clé", "Ce qu’elle permet", "Validité", "Dernier usage", "Révoquer"});
  html.open("tbody");
  for (const Key& key : keys) {
    const auto owner = names.find(key.account);
    html.open("tr").open("th", {{"scope", "row"}}).text(key.name);
    html.element("span", {{"class", "quiet admin-under"}}, owner == names.end() ? "" : owner->second).close();
    pages::write_cell(html, rights_words(key.scopes));
    pages::write_cell(html, state_of(key, call.now_ms()));
    pages::write_cell(html, key.last_used_day.empty() ? "Jamais" : pages::french_date(key.last_used_day));
    html.open("td");
    if (key.revoked) html.text("–");
    else write_link_button(html, std::string(kPath) + "/" + key.id + "/revoquer", "Révoquer", "la clé " + key.name);
    html.close().close();
  }
  html.close().close().close();
}

void write_form(Html& html, const Call& call, const std::vector<people::Account>& accounts) {
  static const std::vector<pages::Option> kDays{{"30", "30 jours"}, {"90", "90 jours"}, {"180", "180 jours"}, {"365", "un an"}};
  html.element("h2", "Créer une clé");
  html.element("p", "La clé agit au nom d’une personne, et ne peut jamais faire plus qu’elle. Elle s’arrête le jour où le compte est suspendu.");
  pages::open_form(html, kPath, call.visitor.csrf);
  const std::string name = call.typed("nom");
  pages::write_field(html, {.id = "nom",
                            .label = "Nom de la clé",
                            .hint = "Le programme qui s’en servira, par exemple «\u00a0Site de la mairie\u00a0».",
                            .value = name,
                            .fault = call.fault("nom"),
                            .most_characters = "100"});
  std::vector<pages::Option> owners;
  for (const people::Account& account : accounts) {
    if (!account.disabled) owners.push_back({account.id, account.name + " (" + account.login + ")"});
  }
  const std::string owner = call.typed("personne", call.visitor.account);
  pages::write_select(html, {.id = "personne", .label = "Au nom de", .value = owner, .fault = call.fault("personne")}, owners);
  html.open("fieldset", {{"id", "droits"}}).element("legend", "Ce qu’elle pourra faire");
  if (const auto fault = call.fault("droits"); !fault.empty()) html.element("p", {{"class", "field-fault"}}, fault);
  const std::vector<std::string> chosen = call.form.all("droits");
  for (const Right right : people::all_rights()) {
    if (!people::fits_a_key(right) || right == Right::open) continue;
    const std::string_view word = people::name_of(right);
    pages::write_choice(html, {"droits", word, people::title_of(right), std::find(chosen.begin(), chosen.end(), word) != chosen.end()});
  }
  html.close();
  const std::string days = call.typed("jours", "90");
  pages::write_select(html, {.id = "jours", .label = "Elle vaudra", .value = days, .fault = call.fault("jours")}, kDays);
  pages::write_button(html, "Créer la clé");
  html.close();
}

// The field that a refusal is about.
std::string_view field_of(const people::NewKey& wanted, const Error& error) {
  if (wanted.name.empty()) return "nom";
  if (wanted.scopes.empty() || error.code == Code::denied) return "droits";
  return error.code == Code::conflict ? "personne" : "";
}

}  // namespace

Result<http::Reply> show_keys(const Call& call) {
  const auto keys = BEFFROI_TRY(people::keys(call.tenant()));
  const auto accounts = BEFFROI_TRY(people::accounts(call.tenant()));
  std::map<std::string, std::string> names;
  for (const people::Account& account : accounts) names[account.id] = account.name;
  return page(call, {"Clés", kPath}, [&](Html& html) {
    write_secret(html, call, "La clé «\u00a0" + call.secret_of + "\u00a0»", "Copiez-la maintenant\u00a0: elle ne sera plus jamais montrée.");
    html.element("h1", "Clés");
    html.element("p", "Une clé laisse un autre programme (le site de la mairie, un outil des agents) se servir de Beffroi.");
    write_list(html, call, keys, names);
    write_form(html, call, accounts);
  });
}

Result<http::Reply> add_key(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  people::NewKey wanted{std::string(form.value("personne")), trimmed(form.value("nom")), {}, 0};
  for (const std::string& name : form.all("droits")) {
    if (const auto right = people::right_of(name)) wanted.scopes.push_back(*right);
  }
  const std::string days(form.value("jours"));
  (void)std::from_chars(days.data(), days.data() + days.size(), wanted.days);
  const auto issued = people::issue_key(call.tenant(), wanted, call.now_ms());
  if (!issued) return again(call, issued.error(), show_keys, field_of(wanted, issued.error()));
  BEFFROI_CHECK(note(call, audit::Action::key_issued, issued->key.id));
  Call shown = call;
  shown.secret = issued->text;
  shown.secret_of = issued->key.name;
  return show_keys(shown);
}

Result<http::Reply> ask_revoke_key(const Call& call) {
  const Key key = BEFFROI_TRY(find(call));
  return confirm(call, kPath,
                 {fmt::format("Révoquer la clé «\u00a0{}\u00a0»\u00a0?", key.name),
                  "Le programme qui s’en sert n’aura plus accès à Beffroi dès maintenant. Une clé révoquée ne se rouvre pas\u00a0: il faudra en créer "
                  "une autre.",
                  "Oui, révoquer la clé", std::string(kPath) + "/" + key.id + "/revoquer", std::string(kPath)});
}

Result<http::Reply> revoke_key(const Call& call) {
  BEFFROI_CHECK(people::revoke_key(call.tenant(), call.captured("id")));
  BEFFROI_CHECK(note(call, audit::Action::key_revoked, call.captured("id")));
  return http::see_other(std::string(kPath) + "?fait=cle");
}

}  // namespace beffroi::administration
