#include "usecases/oversight/journal_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "pages/dates.h"

namespace beffroi::oversight {

namespace {

using pages::Html;

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kOutcomes{{
    {"refused", "Refusé"},
    {"failed", "N’a pas abouti"},
    {"withheld", "Retenu"},
    {"begun", "Commencé"},
    {"traces_left", "Reste à finir à la prochaine purge"},
    {"answered", "Répondu"},
    {"partial", "Réponse partielle"},
    {"needs_precision", "Précision demandée"},
    {"not_found", "Rien trouvé"},
    {"out_of_scope", "Hors du champ de la mairie"},
    {"needs_human", "Renvoyé vers une personne"},
    {"busy", "Service occupé"},
    {"error", "Erreur"},
    {"done", ""},
}};

std::string outcome_words(std::string_view outcome) {
  for (const auto& [name, words] : kOutcomes) {
    if (name == outcome) return std::string(words);
  }
  return std::string(outcome);
}

const people::Account* account_of(const Known& known, std::string_view id) {
  const auto found = std::find_if(known.accounts.begin(), known.accounts.end(), [&](const people::Account& one) { return one.id == id; });
  return found == known.accounts.end() ? nullptr : &*found;
}

const people::Key* key_of(const Known& known, std::string_view id) {
  const auto found = std::find_if(known.keys.begin(), known.keys.end(), [&](const people::Key& one) { return one.id == id; });
  return found == known.keys.end() ? nullptr : &*found;
}

std::string object_words(const Known& known, const audit::Line& line) {
  if (line.object == line.who && !line.who.empty()) return "";
  if (const people::Account* account = account_of(known, line.object)) return fmt::format("Compte\u00a0: {} ({})", account->name, account->login);
  if (const people::Key* key = key_of(known, line.object)) return fmt::format("Clé\u00a0: {}", key->name);
  if (line.action == "signed_in" || line.action == "signed_out") return "";  // the id of a session says nothing to a reader
  return line.object;
}

// « F1341@2019-08-28 F14929@ »
void write_sources(Html& html, std::string_view sources) {
  if (sources.empty()) return;
  html.open("p").text("Sources\u00a0: ");
  bool first = true;
  while (!sources.empty()) {
    const std::size_t end = std::min(sources.find(' '), sources.size());
    const std::string_view one = sources.substr(0, end);
    sources.remove_prefix(std::min(end + 1, sources.size()));
    const std::size_t at = std::min(one.find('@'), one.size());
    const std::string id(one.substr(0, at));
    if (!first) html.text(", ");
    first = false;
    html.element("a", {{"href", "/fiches/" + pages::percent_encoded(id)}}, id);
    if (at + 1 < one.size()) html.text(" (" + pages::french_date(one.substr(at + 1)) + ")");
  }
  html.close();
}

std::string verdict_words(const audit::Line& line) {
  if (line.passed == 0 && line.refused == 0) return "";
  const char* s = line.passed > 1 ? "s" : "";
  std::string words = fmt::format("{} phrase{} vérifiée{}", line.passed, s, s);
  if (line.refused > 0) words += fmt::format(", {} écartée{}", line.refused, line.refused > 1 ? "s" : "");
  return words;
}

void write_line(Html& html, const std::string& words) {
  if (!words.empty()) html.element("p", words);
}

}  // namespace

std::string who_words(const Known& known, const audit::Line& line) {
  if (line.who_kind == "person") {
    const people::Account* account = account_of(known, line.who);
    return account == nullptr ? fmt::format("compte effacé ({})", line.who) : fmt::format("{} ({})", account->name, account->login);
  }
  if (line.who_kind == "key") {
    const people::Key* key = key_of(known, line.who);
    if (key == nullptr) return fmt::format("clé effacée ({})", line.who);
    const people::Account* owner = account_of(known, key->account);
    return fmt::format("clé «\u00a0{}\u00a0»{}", key->name, owner == nullptr ? "" : " de " + owner->name);
  }
  const std::string title = audit::title_of_actor(line.who_kind);
  return line.who.empty() ? title : fmt::format("{} ({})", title, line.who);
}

void write_details(Html& html, const Known& known, const audit::Line& line) {
  write_line(html, outcome_words(line.outcome));
  write_line(html, object_words(known, line));
  write_sources(html, line.sources);
  if (!line.model.empty()) {
    const std::string hash = line.model_sha256.empty() ? "" : fmt::format(" (SHA-256 {}…)", line.model_sha256.substr(0, 12));
    html.element("p", fmt::format("Modèle\u00a0: {}{}", line.model, hash));
  }
  write_line(html, verdict_words(line));
}

}  // namespace beffroi::oversight
