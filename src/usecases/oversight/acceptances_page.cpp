// /conformite/acceptations: who accepted which version, and who has not accepted the one in force.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compliance/acceptances_export.h"
#include "compliance/charter.h"
#include "usecases/oversight/call.h"

namespace beffroi::oversight {

namespace {

constexpr std::array<std::string_view, 2> kFormats{"csv", "json"};

bool has(const std::vector<compliance::Acceptance>& given, const people::Account& account, const compliance::Charter& charter) {
  return std::any_of(given.begin(), given.end(), [&](const compliance::Acceptance& one) {
    return one.account == account.id && one.version == charter.version && one.sha256 == charter.sha256;
  });
}

void write_missing(Html& html, const std::vector<people::Account>& missing) {
  html.element("h2", "N’ont pas encore accepté la version en vigueur");
  if (missing.empty()) {
    html.element("p", "Tous les comptes ouverts l’ont acceptée.");
    return;
  }
  html.element(
      "p",
      "Ils gardent la recherche et les réponses par extraits\u00a0; la charte leur sera présentée à la première fonction où un modèle écrit.");
  html.open("ul");
  for (const people::Account& account : missing) html.element("li", fmt::format("{} ({})", account.name, account.login));
  html.close();
}

void write_given(Html& html, const std::vector<compliance::Acceptance>& given, const std::vector<people::Account>& accounts) {
  html.element("h2", "Acceptations");
  if (given.empty()) {
    html.element("p", "Aucune pour le moment.");
    return;
  }
  pages::open_table(html, "acceptations", "Acceptations de la charte, la plus récente d’abord");
  pages::write_heads(html, {"Qui", "Version", "Quand"});
  html.open("tbody");
  for (const compliance::Acceptance& one : given) {
    html.open("tr").element("th", {{"scope", "row"}}, compliance::readable_account(accounts, one.account));
    pages::write_cell(html, one.version == 0 ? "texte fourni" : std::to_string(one.version));
    pages::write_cell(html, pages::french_moment(one.accepted_ms));
    html.close();
  }
  html.close().close().close();
}

}  // namespace

Result<http::Reply> show_acceptances(const Call& call) {
  const auto given = BEFFROI_TRY(compliance::acceptances(call.tenant()));
  const auto accounts = BEFFROI_TRY(people::accounts(call.tenant()));
  const auto charter = BEFFROI_TRY(compliance::charter_in_force(call.tenant(), call.now_ms()));
  std::vector<people::Account> missing;
  std::copy_if(accounts.begin(), accounts.end(), std::back_inserter(missing),
               [&](const people::Account& account) { return !account.disabled && !has(given, account, charter); });
  return page(call, {"Acceptations", "/conformite/acceptations"}, [&](Html& html) {
    html.element("h1", "Acceptations de la charte");
    write_downloads(html, "/conformite/acceptations/export", kFormats);
    write_missing(html, missing);
    write_given(html, given, accounts);
  });
}

Result<http::Reply> export_acceptances(const Call& call) {
  const auto format = audit::format_named(call.request.captured.value("format"));
  if (!format) return fail(Code::not_found, "Cet export est en CSV ou en JSON.");
  std::string body = BEFFROI_TRY(compliance::export_acceptances(call.tenant(), *format, call.who(), call.now_ms()));
  return file(std::move(body), "acceptations-" + call.tenant().id(), call.request.captured.value("format"));
}

}  // namespace beffroi::oversight
