#include "usecases/administration/call.h"

#include <fmt/format.h>

#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

struct DoneWords {
  std::string_view word, sentence;
};
constexpr DoneWords kDone[] = {
    {"nom", "Le nom est changé."},
    {"role", "Les rôles sont changés. Ils valent dès la prochaine page que la personne ouvrira."},
    {"suspendu", "Le compte est suspendu. La personne n’est plus connectée nulle part, et ses clés n’ouvrent plus rien."},
    {"rouvert", "Le compte est rouvert. La personne peut se connecter avec son mot de passe."},
    {"sessions", "Les sessions sont fermées. La personne devra se connecter à nouveau."},
    {"groupe", "Le groupe est enregistré."},
    {"groupe-retire", "Le groupe est supprimé. Ses membres n’ont plus les rôles qu’il donnait."},
    {"membre", "Les membres du groupe sont changés."},
    {"cle", "La clé est révoquée. Elle n’ouvre plus rien."},
    {"commune", "La commune est créée. Donnez-lui maintenant son premier administrateur."},
    {"hotes", "Les adresses de la commune sont changées."},
    {"etat", "L’état de la commune est changé."},
    {"partage", "Les fonds partagés sont changés."},
    {"autorisation", "L’autorisation est donnée. Vous pouvez la retirer à tout moment."},
    {"retrait", "L’autorisation est retirée. Le syndicat ne peut plus lire les contenus de la commune."},
    {"mairie", "Les coordonnées de la mairie sont enregistrées. Les pages du public les montrent dès maintenant."},
    {"arret", "L’arrêt est demandé. La tâche s’arrête dans les secondes qui viennent."},
    {"reprise", "La tâche est remise dans la file. Elle recommence dans les secondes qui viennent."},
};

void write_done(Html& html, std::string_view word) {
  for (const DoneWords& done : kDone) {
    if (done.word == word) html.element("p", {{"class", "form-note"}, {"role", "status"}}, done.sentence);
  }
}

}  // namespace

void write_tabs(Html& html, const people::Visitor& visitor, const std::vector<Section>& others, std::string_view current) {
  html.open("nav", {{"class", "admin-menu"}, {"aria-label", "Administration"}}).open("ul");
  const auto tab = [&](std::string_view path, std::string_view label) {
    html.open("li");
    html.element("a", {{"href", path}, pages::optional("aria-current", path == current ? "page" : "")}, label);
    html.close();
  };
  tab("/administration", "Vue d’ensemble");
  for (const Section& section : own_sections(visitor)) tab(section.path, section.label);
  for (const Section& section : others) {
    if (section.path.starts_with("/administration/") && visitor.may(section.right)) tab(section.path, section.label);
  }
  html.close().close();
}

std::string Call::typed(std::string_view field, std::string_view otherwise) const {
  const std::string* text = form.find(field);
  return std::string(text == nullptr ? otherwise : *text);
}

http::Reply page(const Call& call, const PageHead& head, const std::function<void(Html&)>& body) {
  const std::string title = (call.faults.empty() ? "" : "Erreur\u00a0: ") + std::string(head.title) + " – Administration";
  std::string html = pages::framed(call.services.around(call.visitor), {title, "/administration"}, [&](Html& out) {
    write_tabs(out, call.visitor, call.services.others, head.path);
    pages::write_faults(out, call.faults);
    if (call.faults.empty()) write_done(out, call.request.query.value("fait"));
    body(out);
  });
  return http::html_reply(std::move(html), !call.faults.empty() ? 422 : call.secret.empty() ? 200 : 201);
}

Result<http::Reply> again(const Call& call, const Error& error, PageAction show, std::string_view field) {
  const Code code = error.code;
  if (code != Code::invalid_argument && code != Code::bad_input && code != Code::conflict && code != Code::too_large &&
      code != Code::denied)
    return tl::unexpected<Error>(error);
  Call refused = call;
  refused.faults.push_back({std::string(field), error.message});
  refused.form = BEFFROI_TRY(call.request.form());
  return show(refused);
}

Result<http::Reply> after_form(const Call& call, const Status& status, const std::string& path, PageAction show) {
  if (status) return http::see_other(path);
  return again(call, status.error(), show);
}

http::Reply confirm(const Call& call, std::string_view path, const Confirmation& asked) {
  return page(call, {asked.question, path}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    html.element("h1", asked.question).element("p", asked.consequence);
    html.open("div", {{"class", "buttons"}});
    pages::open_form(html, asked.action, call.visitor.csrf);
    pages::write_button(html, asked.label);
    html.close();
    html.element("a", {{"class", "button"}, {"href", asked.back}}, "Non, revenir en arrière");
    html.close().close();
  });
}

void write_act(Html& html, const Call& call, std::string_view action, std::string_view label, std::string_view about) {
  pages::open_form(html, action, call.visitor.csrf);
  pages::write_quiet_button(html, label, about);
  html.close();
}

void write_link_button(Html& html, std::string_view href, std::string_view label, std::string_view about) {
  html.open("a", {{"class", "button"}, {"href", href}}).text(label);
  if (!about.empty()) html.element("span", {{"class", "visually-hidden"}}, " " + std::string(about));
  html.close();
}

void write_secret(Html& html, const Call& call, std::string_view title, std::string_view what_to_do) {
  if (call.secret.empty()) return;
  html.open("section", {{"class", "form-done"}, {"role", "status"}, {"aria-labelledby", "secret-titre"}});
  html.element("h2", {{"id", "secret-titre"}}, title);
  html.element("p", what_to_do);
  html.open("p").element("code", {{"class", "secret"}}, call.secret).close();
  html.close();
}

people::Within line_within(const Call& call, audit::Action action) {
  return [&call, action](db::Database& database, std::string_view id) {
    return call.services.journal->write_within(database, call.tenant(), compliance::entry_of(call.visitor, action, std::string(id)));
  };
}

Status written_or(const Call& call, audit::Action action, const std::string& object, const std::function<void()>& undo) {
  Status written = call.services.journal->write(call.tenant(), compliance::entry_of(call.visitor, action, object));
  if (!written) undo();
  return written;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t from = text.find_first_not_of(kSpaces);
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(kSpaces) - from + 1));
}

std::string number_words(std::int64_t number) {
  const std::string digits = std::to_string(number);
  std::string out;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && digits[at - 1] != '-' && (digits.size() - at) % 3 == 0) out += "\u202f";
    out += digits[at];
  }
  return out;
}

std::string counted(std::int64_t number, std::string_view one, std::string_view several) {
  return fmt::format("{}\u00a0{}", number_words(number), number < 2 ? one : several);
}

}  // namespace beffroi::administration
