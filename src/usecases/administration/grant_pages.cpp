// /administration/autorisations: what the commune opens to its syndicate, in writing, for a time.
#include <fmt/format.h>

#include <charconv>

#include "forecast/dates.h"
#include "people/key.h"
#include "tenants/grants.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

using tenants::Grant;

constexpr std::string_view kPath = "/administration/autorisations";
constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

std::string state_of(const Grant& grant, std::int64_t now_ms) {
  if (grant.revoked_at_ms) return "Retirée le " + pages::french_moment(*grant.revoked_at_ms);
  const std::string last = pages::french_date(people::day_of(grant.until_ms - 1));
  return grant.in_force(now_ms) ? "En vigueur jusqu’au " + last + " compris" : "Finie le " + last;
}

void write_grant(Html& html, const Call& call, const Grant& grant) {
  html.open("li", {{"class", "card"}});
  html.open("p").element("strong", state_of(grant, call.now_ms()) + ".").close();
  html.element("p", grant.text);
  html.element("p", {{"class", "quiet"}}, fmt::format("Donnée le {} par {}.", pages::french_moment(grant.created_at_ms), grant.created_by));
  if (grant.in_force(call.now_ms())) {
    write_link_button(html, fmt::format("{}/{}/retirer", kPath, grant.id), "Retirer", "l’autorisation donnée le " + pages::french_moment(grant.created_at_ms));
  }
  html.close();
}

void write_form(Html& html, const Call& call) {
  html.element("h2", "Donner une autorisation");
  pages::open_form(html, kPath, call.visitor.csrf);
  const std::string text = call.typed("texte");
  const std::string until = call.typed("jusquau");
  pages::write_text_area(html,
                         {.id = "texte",
                          .label = "Ce qui est ouvert, et pourquoi",
                          .hint = "Par exemple\u00a0: «\u00a0Le syndicat peut lire les documents de la cantine pour aider à régler la prévision\u00a0».",
                          .value = text,
                          .fault = call.fault("texte"),
                          .most_characters = "4000"},
                         "4");
  pages::write_field(html, {.id = "jusquau",
                            .label = "Jusqu’au",
                            .hint = "Dernier jour compris, un an au plus.",
                            .type = "date",
                            .value = until,
                            .fault = call.fault("jusquau")});
  pages::write_button(html, "Donner l’autorisation");
  html.close();
}

Result<Grant> find(const Call& call) {
  std::int64_t number = 0;
  const std::string text = call.captured("numero");
  (void)std::from_chars(text.data(), text.data() + text.size(), number);
  for (Grant& grant : BEFFROI_TRY(tenants::grants_of(call.tenant()))) {
    if (grant.id == number) return std::move(grant);
  }
  return fail(Code::not_found, "Cette autorisation n’existe pas.");
}

}  // namespace

Result<http::Reply> show_grants(const Call& call) {
  const auto grants = BEFFROI_TRY(tenants::grants_of(call.tenant()));
  return page(call, {"Autorisations", kPath}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    html.element("h1", "Autorisations données au syndicat");
    if (call.tenant().parent().empty()) {
      html.element("p", "Votre commune n’est dans aucun syndicat\u00a0: personne d’autre qu’elle ne peut lire ses contenus.").close();
      return;
    }
    html.element("p", "Le syndicat voit des nombres, jamais vos contenus, sauf si vous les lui ouvrez ici. Vous pouvez retirer une autorisation à tout "
                      "moment.");
    if (grants.empty()) html.element("p", "Aucune autorisation\u00a0: le syndicat ne lit rien.");
    else html.open("ul", {{"class", "cards"}});
    for (const Grant& grant : grants) write_grant(html, call, grant);
    if (!grants.empty()) html.close();
    write_form(html, call);
    html.close();
  });
}

Result<http::Reply> give_grant(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const auto day = forecast::parse_iso(trimmed(form.value("jusquau")));
  if (!day) return again(call, {Code::invalid_argument, "Choisissez le dernier jour de l’autorisation.", {}}, show_grants, "jusquau");
  Grant wish;
  wish.to = call.tenant().parent();
  wish.text = trimmed(form.value("texte"));
  wish.created_by = call.visitor.name;
  wish.until_ms = (*day + 1LL) * kDayMs;
  if (wish.text.empty()) return again(call, {Code::invalid_argument, "Écrivez ce qui est ouvert, et pourquoi.", {}}, show_grants, "texte");
  const auto given = tenants::give(call.tenant(), wish, call.now_ms());
  if (!given) return again(call, given.error(), show_grants, "jusquau");
  BEFFROI_CHECK(note(call, audit::Action::grant_given, std::to_string(given->id)));
  return http::see_other(std::string(kPath) + "?fait=autorisation");
}

Result<http::Reply> ask_revoke_grant(const Call& call) {
  const Grant grant = BEFFROI_TRY(find(call));
  return confirm(call, kPath,
                 {"Retirer cette autorisation\u00a0?", "Le syndicat ne pourra plus lire les contenus de la commune, dès maintenant.", "Oui, retirer",
                  fmt::format("{}/{}/retirer", kPath, grant.id), std::string(kPath)});
}

Result<http::Reply> revoke_grant(const Call& call) {
  const Grant grant = BEFFROI_TRY(find(call));
  BEFFROI_CHECK(tenants::revoke(call.tenant(), grant.id, call.visitor.name, call.now_ms()));
  BEFFROI_CHECK(note(call, audit::Action::grant_revoked, std::to_string(grant.id)));
  return http::see_other(std::string(kPath) + "?fait=retrait");
}

}  // namespace beffroi::administration
