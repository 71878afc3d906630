// /cantines/import: a file is handed in, or its text pasted; nothing is imported before its mapping is confirmed (mapping_page.cpp).
#include <fmt/format.h>

#include "http/multipart.h"
#include "usecases/canteen/store/imports.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

constexpr int kPastShown = 20;

Result<Upload> upload_of(const http::Request& request) {
  Upload upload;
  upload.name = "texte collé";
  upload.content = BEFFROI_TRY(request.form()).value("texte");
  if (request.header("Content-Type").starts_with("multipart/")) {
    for (const http::Part& part : BEFFROI_TRY(http::parse_multipart(request.header("Content-Type"), request.body))) {
      if (part.name != "fichier" || part.file_name.empty() || part.content.empty()) continue;
      upload.name = part.file_name;
      upload.content = part.content;
    }
  }
  if (trimmed(upload.content).empty()) return fail(Code::invalid_argument, "Choisissez un fichier, ou collez son texte.");
  return upload;
}

void write_form(Html& html, const Call& call) {
  html.open("form", {{"class", "form"}, {"method", "post"}, {"action", "/cantines/import"}, {"enctype", "multipart/form-data"}});
  html.single("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", call.visitor.csrf}});
  html.open("div", {{"class", "field"}}).element("label", {{"for", "fichier"}}, "Fichier CSV");
  html.element(
      "p", {{"class", "quiet"}, {"id", "fichier-aide"}},
      "Repas servis et commandés, enfants inscrits, menus, ou vacances scolaires du ministère. Séparateur virgule, point-virgule ou "
      "tabulation\u00a0; 16\u00a0Mo au plus. Des nombres par cantine\u00a0: jamais de nom d’enfant.");
  html.single("input", {{"type", "file"},
                        {"id", "fichier"},
                        {"name", "fichier"},
                        {"accept", ".csv,.txt,.tsv,text/csv"},
                        {"aria-describedby", "fichier-aide"}});
  html.close();
  html.open("div", {{"class", "field"}}).element("label", {{"for", "texte"}}, "Ou le texte, collé ici");
  html.element("textarea", {{"id", "texte"}, {"name", "texte"}, {"rows", "6"}, {"spellcheck", "false"}}, "");
  html.close();
  write_button(html, "Lire le fichier");
  html.close();
}

}  // namespace

Result<http::Reply> show_import(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const auto past = BEFFROI_TRY(past_imports(commune, kPastShown));
  return page(call, {"Importer", "/cantines/import"}, [&](Html& html) {
    html.element("h1", "Importer un fichier");
    html.element(
        "p",
        "Le fichier est d’abord lu et montré\u00a0: colonnes, dates, noms de cantines, doublons. Rien n’est enregistré avant votre accord, "
        "et alors tout l’est, ou rien.");
    write_form(html, call);
    if (past.empty()) return;
    open_table(html, "tableau-imports", "Derniers imports");
    write_heads(html, {"Fichier", "Contenu", "Par", "Le"});
    html.open("tbody");
    for (const PastImport& each : past) {
      html.open("tr").element("th", {{"scope", "row"}}, each.name);
      write_cell(html, each.summary), write_cell(html, each.author), write_cell(html, moment_words(each.made_at_ms));
      html.close();
    }
    html.close().close().close();
  });
}

Result<http::Reply> take_upload(const Call& call) {
  std::int64_t id = 0;
  const auto take = [&]() -> Status {
    const Upload upload = BEFFROI_TRY(upload_of(call.request));
    BEFFROI_TRY(read_upload(upload.content));
    db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
    id = BEFFROI_TRY(keep_upload(commune, upload, by(call.desk, call.visitor)));
    return {};
  };
  const Status taken = take();
  return after_form(call, taken, fmt::format("/cantines/import/{}", id), show_import);
}

}  // namespace beffroi::canteen
