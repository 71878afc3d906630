#include "usecases/oversight/call.h"

#include <fmt/format.h>

#include <array>

#include "compliance/who.h"

namespace beffroi::oversight {

namespace {

using people::Right;

struct MenuLine {
  Right right;
  std::string_view path, label;
};
constexpr std::array<MenuLine, 7> kMenu{{
    {Right::see_register, "/conformite", "Vue d’ensemble"},
    {Right::see_audit, "/conformite/journal", "Journal"},
    {Right::see_register, "/conformite/registre", "Registre"},
    {Right::serve_requests, "/conformite/personnes", "Demandes des personnes"},
    {Right::manage_retention, "/conformite/conservation", "Conservation"},
    {Right::see_register, "/conformite/acceptations", "Acceptations"},
    {Right::manage_charter, "/conformite/charte", "Charte"},
}};

struct DoneWords {
  std::string_view word, sentence;
};
constexpr std::array<DoneWords, 5> kDone{{
    {"charte", "Vous avez accepté la charte. Vous pouvez maintenant faire écrire le modèle de langue."},
    {"publiee", "La nouvelle version est publiée. Chacun devra l’accepter quand elle entrera en vigueur."},
    {"durees", "Les durées sont enregistrées. La prochaine purge les applique."},
    {"delegue", "Le délégué à la protection des données est enregistré. Le registre le nomme dès maintenant."},
    {"purge", "La purge est demandée. Elle commence dans quelques secondes\u00a0: rechargez cette page pour voir où elle en est."},
}};

void write_menu(Html& html, const Call& call, std::string_view current) {
  html.open("nav", {{"class", "oversight-menu"}, {"aria-label", "Conformité"}}).open("ul");
  for (const MenuLine& line : kMenu) {
    if (!call.visitor.may(line.right)) continue;
    html.open("li");
    html.element("a", {{"href", line.path}, pages::optional("aria-current", line.path == current ? "page" : "")}, line.label);
    html.close();
  }
  html.close().close();
}

void write_done(Html& html, std::string_view word) {
  for (const DoneWords& done : kDone) {
    if (done.word == word) html.element("p", {{"class", "form-note"}, {"role", "status"}}, done.sentence);
  }
}

}  // namespace

audit::Who Call::who() const { return compliance::who_of(visitor); }

compliance::PurgeOrder Call::order() const {
  compliance::PurgeOrder order;
  order.now_ms = now_ms();
  order.who = who();
  order.backups = services.backups;
  return order;
}

http::Reply page(const Call& call, const PageHead& head, const std::function<void(Html&)>& body) {
  const bool inside = head.path.starts_with("/conformite");
  const std::string title = (call.faults.empty() ? "" : "Erreur\u00a0: ") + std::string(head.title) + (inside ? " – Conformité" : "");
  std::string html = pages::framed(call.services.around(call.visitor), {title, inside ? "/conformite" : ""}, [&](Html& out) {
    if (inside) write_menu(out, call, head.path);
    pages::write_faults(out, call.faults);
    if (call.faults.empty()) write_done(out, call.request.query.value("fait"));
    body(out);
  });
  return http::html_reply(std::move(html), call.faults.empty() ? 200 : 422);
}

Result<http::Reply> after_form(const Call& call, const Status& status, const std::string& path, PageAction show) {
  if (status) return http::see_other(path);
  const Code code = status.error().code;
  if (code != Code::invalid_argument && code != Code::bad_input && code != Code::conflict && code != Code::too_large)
    return tl::unexpected<Error>(status.error());
  Call again = call;
  again.faults.push_back({"", status.error().message});
  return show(again);
}

http::Reply file(std::string body, std::string_view name, std::string_view extension) {
  http::Reply reply;
  reply.content_type = extension == "csv"    ? "text/csv; charset=utf-8"
                       : extension == "json" ? "application/json"
                                             : "text/markdown; charset=utf-8";
  reply.body = std::move(body);
  reply.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", name, extension));
  return reply;
}

void write_downloads(Html& html, std::string_view path, std::span<const std::string_view> formats, std::string_view query) {
  html.open("p", {{"class", "oversight-tools"}});
  for (const std::string_view format : formats) {
    const std::string label = format == "csv"    ? "Télécharger en CSV (tableur)"
                              : format == "json" ? "Télécharger en JSON"
                                                 : "Télécharger en texte";
    html.element("a", {{"class", "button"}, {"href", fmt::format("{}/{}{}", path, format, query)}}, label).text(" ");
  }
  html.close();
}

std::string backups_words(const std::vector<compliance::BackupHeld>& backups) {
  if (backups.empty()) return "Aucune sauvegarde n’est connue de Beffroi.";
  std::string files;
  for (const compliance::BackupHeld& backup : backups) {
    files += fmt::format("{}{} ({})", files.empty() ? "" : ", ", backup.file, pages::french_moment(backup.made_ms));
  }
  if (backups.size() == 1) return fmt::format("Une sauvegarde peut encore contenir ce qui est effacé\u00a0: {}.", files);
  return fmt::format("{} sauvegardes peuvent encore contenir ce qui est effacé\u00a0: {}.", backups.size(), files);
}

}  // namespace beffroi::oversight
