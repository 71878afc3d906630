#include "usecases/gateway/quota_pages.h"

#include <fmt/format.h>

#include <algorithm>

namespace beffroi::gateway {

namespace {

using pages::Html;

// « 500 000 »: with the thin spaces of French.
std::string readable(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, "\u202f");
  return digits;
}

// The bar says the same as the words beside it.
void write_share(Html& html, std::int64_t used, std::int64_t limit, std::string_view what) {
  const std::string words = fmt::format("{} sur {}", readable(used), readable(limit));
  html.open("td");
  html.element("meter",
               {{"min", "0"},
                {"max", std::to_string(std::max<std::int64_t>(limit, 1))},
                {"value", std::to_string(std::min(used, std::max<std::int64_t>(limit, 1)))},
                {"aria-label", what}},
               words);
  html.element("span", {{"class", "quota-words"}}, words).close();
}

void write_line(Html& html, const QuotaLine& line) {
  html.open("tr").open("th", {{"scope", "row"}});
  if (line.key.empty()) html.text(line.name);
  else html.element("a", {{"href", "/administration/quotas/cles/" + line.key}}, line.name);
  html.close();
  write_share(html, line.use.requests, line.limits.requests_a_minute, "Demandes de cette minute, " + line.name);
  write_share(html, line.use.tokens, line.limits.tokens_a_day, "Jetons d’aujourd’hui, " + line.name);
  html.close();
}

void write_table(Html& html, const QuotasPage& page) {
  html.open("div", {{"class", "table-frame"}, {"role", "region"}, {"aria-labelledby", "tableau-quotas"}, {"tabindex", "0"}});
  html.open("table", {{"class", "figures"}});
  html.element("caption", {{"id", "tableau-quotas"}}, "Ce qui est utilisé, et ce qui est permis");
  html.open("thead").open("tr");
  for (const std::string_view head : {"Qui", "Demandes, cette minute", "Jetons, aujourd’hui"}) html.element("th", {{"scope", "col"}}, head);
  html.close().close().open("tbody");
  for (const QuotaLine& line : page.lines) write_line(html, line);
  html.close().close().close();
}

struct Fields {
  std::string requests, tokens;  // their ids
};

void write_fields(Html& html, const Fields& ids, const LimitsForm& form, std::span<const pages::Fault> faults) {
  pages::write_field(html, {.id = ids.requests,
                            .label = "Demandes par minute",
                            .hint = "0 ferme l’API.",
                            .type = "number",
                            .value = form.requests,
                            .fault = pages::fault_of(faults, ids.requests)});
  pages::write_field(html,
                     {.id = ids.tokens,
                      .label = "Jetons par jour",
                      .hint = "Un jeton est un morceau de mot\u00a0: une page en compte environ 700. 0 ferme les modèles et laisse la "
                              "base officielle ouverte.",
                      .type = "number",
                      .value = form.tokens,
                      .fault = pages::fault_of(faults, ids.tokens)});
}

std::string title_of(std::string_view title, std::span<const pages::Fault> faults) {
  return (faults.empty() ? "" : "Erreur\u00a0: ") + std::string(title);
}

}  // namespace

LimitsForm form_of(const Limits& limits) { return {std::to_string(limits.requests_a_minute), std::to_string(limits.tokens_a_day)}; }

std::string render_quotas(const pages::Surroundings& around, const QuotasPage& page) {
  return pages::framed(around, {.title = title_of("Quotas de l’API", page.faults), .current = "/administration"}, [&](Html& html) {
    if (page.tabs) page.tabs(html);
    pages::write_faults(html, page.faults);
    if (page.saved) html.element("p", {{"class", "form-done"}, {"role", "status"}}, "Les limites sont enregistrées.");
    html.element("h1", "Quotas de l’API");
    html.element(
        "p",
        "Ce que les programmes munis d’une clé peuvent demander à Beffroi. Au-delà, ils reçoivent un refus et le temps à attendre. "
        "Les jetons se comptent du jour au lendemain à minuit, heure UTC.");
    write_table(html, page);
    if (page.lines.size() < 2) html.element("p", "Aucune clé n’est en service.");
    html.element("h2", "Limites de la commune");
    html.element("p", "Pour toutes ses clés ensemble.");
    pages::open_form(html, "/administration/quotas", around.csrf);
    pages::write_hidden(html, "de", "commune");
    write_fields(html, {"commune-demandes", "commune-jetons"}, page.commune, page.faults);
    pages::write_button(html, "Enregistrer les limites de la commune");
    html.close();
    html.element("h2", "Limites d’une clé");
    html.element("p", "Pour chaque clé qui n’a pas les siennes. Choisissez une clé dans le tableau pour lui en donner.");
    pages::open_form(html, "/administration/quotas", around.csrf);
    pages::write_hidden(html, "de", "cles");
    write_fields(html, {"cles-demandes", "cles-jetons"}, page.usual, page.faults);
    pages::write_button(html, "Enregistrer les limites d’une clé");
    html.close();
  });
}

std::string render_key_quota(const pages::Surroundings& around, const KeyQuotaPage& page) {
  const std::string title = "Limites de la clé «\u00a0" + page.line.name + "\u00a0»";
  return pages::framed(around, {.title = title_of(title, page.faults), .current = "/administration"}, [&](Html& html) {
    const std::string address = "/administration/quotas/cles/" + page.line.key;
    if (page.tabs) page.tabs(html);
    pages::write_faults(html, page.faults);
    html.open("p").element("a", {{"href", "/administration/quotas"}}, "Tous les quotas").close();
    html.element("h1", title);
    html.element("p", fmt::format("Utilisé\u00a0: {} demandes cette minute, {} jetons aujourd’hui.", readable(page.line.use.requests),
                                  readable(page.line.use.tokens)));
    pages::open_form(html, address, around.csrf);
    write_fields(html, {"demandes", "jetons"}, page.form, page.faults);
    pages::write_button(html, "Enregistrer");
    html.close();
    pages::open_form(html, address + "/oublier", around.csrf);
    pages::write_quiet_button(html, "Revenir aux limites habituelles");
    html.close();
  });
}

}  // namespace beffroi::gateway
