// /conformite/charte: the versions of the charter, and the next one.
#include <fmt/format.h>

#include <charconv>

#include "audit/export.h"
#include "compliance/acceptances_export.h"
#include "compliance/charter.h"
#include "usecases/oversight/call.h"
#include "usecases/oversight/charter_html.h"

namespace beffroi::oversight {

namespace {

std::string title_of(const compliance::Charter& charter) {
  return charter.version == 0 ? "Texte fourni avec Beffroi" : fmt::format("Version {}", charter.version);
}

std::string state_of(const compliance::Charter& charter, const compliance::Charter& in_force, std::int64_t now_ms) {
  if (charter.version == in_force.version) return "en vigueur";
  return charter.in_force_ms > now_ms ? "à venir" : "remplacée";
}

void write_versions(Html& html, const std::vector<compliance::Charter>& all, const compliance::Charter& in_force, const Call& call,
                    const std::vector<people::Account>& accounts) {
  html.element("h2", "Versions");
  pages::open_table(html, "versions", "Versions de la charte, la plus récente d’abord");
  pages::write_heads(html, {"Version", "État", "En vigueur à partir du", "Publiée par"});
  html.open("tbody");
  for (const compliance::Charter& one : all) {
    html.open("tr").open("th", {{"scope", "row"}});
    html.element("a", {{"href", fmt::format("/conformite/charte/{}", one.version)}}, title_of(one)).close();
    pages::write_cell(html, state_of(one, in_force, call.now_ms()));
    pages::write_cell(html, one.version == 0 ? "l’installation" : pages::french_moment(one.in_force_ms));
    const bool by_console = one.published_by == "console" || one.published_by.starts_with("uid-");
    pages::write_cell(html, one.version == 0 ? "—"
                            : by_console     ? "ligne de commande"
                                             : compliance::readable_account(accounts, one.published_by));
    html.close();
  }
  html.close().close().close();
}

void write_form(Html& html, const Call& call, const http::Parameters& sent, const compliance::Charter& latest) {
  html.element("h2", "Publier une nouvelle version");
  html.element(
      "p",
      "Partez du texte ci-dessous. Relisez-le avec votre délégué à la protection des données\u00a0: une version publiée ne se corrige pas, on "
      "en publie une autre. Chacun devra accepter la nouvelle version.");
  const bool again = !call.faults.empty();
  html.open("form", {{"class", "form wide-form"}, {"method", "post"}, {"action", "/conformite/charte"}});
  pages::write_hidden(html, "csrf", call.visitor.csrf);
  const std::string text(again ? sent.value("texte") : latest.text);
  pages::write_text_area(
      html,
      {.id = "texte",
       .label = "Texte de la charte",
       .hint = "Un titre commence par « # » et une espace, un point de liste par « - » et une espace. Une ligne vide sépare "
               "deux paragraphes.",
       .value = text},
      "18");
  const std::string day(again ? sent.value("jour") : "");
  pages::write_field(html, {.id = "jour",
                            .label = "En vigueur à partir du",
                            .hint = "Laissez vide pour qu’elle le soit tout de suite.",
                            .type = "date",
                            .value = day,
                            .required = false});
  pages::write_button(html, "Publier cette version");
  html.close();
}

Result<std::int64_t> version_of(const Call& call) {
  const std::string_view text = call.request.captured.value("version");
  std::int64_t version = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (fault == std::errc{} && end == text.data() + text.size()) return version;
  return fail(Code::not_found, "Cette version de la charte n’existe pas.");
}

}  // namespace

Result<http::Reply> show_charters(const Call& call) {
  const auto all = BEFFROI_TRY(compliance::charters(call.tenant()));
  const auto in_force = BEFFROI_TRY(compliance::charter_in_force(call.tenant(), call.now_ms()));
  const auto accounts = BEFFROI_TRY(people::accounts(call.tenant()));
  const http::Parameters sent = call.faults.empty() ? http::Parameters{} : BEFFROI_TRY(call.request.form());
  return page(call, {"Charte", "/conformite/charte"}, [&](Html& html) {
    html.element("h1", "Charte d’usage");
    html.open("p").text(
        "Personne, connecté ou par une clé, ne fait écrire un modèle de langue avant d’avoir accepté la version en vigueur. ");
    html.element("a", {{"href", "/charte"}}, "Lire la version en vigueur").text(".").close();
    write_versions(html, all, in_force, call, accounts);
    write_form(html, call, sent, all.front());
  });
}

Result<http::Reply> show_version(const Call& call) {
  const std::int64_t version = BEFFROI_TRY(version_of(call));
  const auto all = BEFFROI_TRY(compliance::charters(call.tenant()));
  for (const compliance::Charter& one : all) {
    if (one.version != version) continue;
    return page(call, {title_of(one), "/conformite/charte"}, [&](Html& html) {
      html.open("article", {{"class", "prose charter"}});
      html.element("p", {{"class", "quiet"}}, fmt::format("{}. Empreinte SHA-256\u00a0: {}", title_of(one), one.sha256));
      write_charter(html, one.text);
      html.open("p").element("a", {{"class", "button"}, {"href", "/conformite/charte"}}, "Toutes les versions").close().close();
    });
  }
  return fail(Code::not_found, "Cette version de la charte n’existe pas.");
}

Result<http::Reply> publish_text(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const auto publish = [&]() -> Status {
    compliance::NewCharter wanted{std::string(form.value("texte")), 0};
    if (!form.value("jour").empty()) wanted.in_force_ms = BEFFROI_TRY(audit::midnight_of(form.value("jour")));
    BEFFROI_TRY(compliance::publish_charter(call.tenant(), wanted, call.who(), call.now_ms()));
    return {};
  };
  return after_form(call, publish(), "/conformite/charte?fait=publiee", show_charters);
}

}  // namespace beffroi::oversight
