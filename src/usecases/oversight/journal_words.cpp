#include "usecases/oversight/journal_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "forecast/dates.h"
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

std::vector<std::string> parts_of(std::string_view object) {
  std::vector<std::string> parts{""};
  for (const char c : object) {
    if (c == ':') parts.emplace_back();
    else parts.back() += c;
  }
  return parts;
}

// What a setting_changed is about.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSettings{{
    {"town_hall", "Coordonnées de la mairie"},
    {"delegate", "Délégué à la protection des données"},
    {"canteens", "Cantines"},
    {"commune", "Commune créée"},
    {"hosts", "Adresses de la commune"},
    {"suspended", "Commune suspendue"},
    {"resumed", "Commune rouverte"},
}};

std::string kind_words(const Known& known, const std::string& kind) {
  const compliance::Keeper* keeper = compliance::keeper_of(known.keepers, kind);
  return keeper == nullptr ? kind : keeper->title;
}

// Objects that are made of parts: « charter:2:9f3c », « opinions:365->180 », « opinions:2026-11-27:12 ». Empty: not one of them.
std::string made_words(const Known& known, const audit::Line& line) {
  const std::vector<std::string> parts = parts_of(line.object);
  if (parts[0] == "charter" && parts.size() > 1) return parts[1] == "0" ? "Texte fourni avec Beffroi" : "Version " + parts[1];
  for (const auto& [name, words] : kSettings) {
    if (line.action == "setting_changed" && line.object == name) return std::string(words);
  }
  if (line.action == "setting_changed" && parts[0] == "corpus" && parts.size() == 2) return "Fonds\u00a0: " + parts[1];
  if (parts[0] == "canteens" && parts.size() > 1 && forecast::parse_iso(parts.back())) {
    const std::string day = pages::french_date(parts.back());
    return parts.size() == 3 ? fmt::format("Cantine {}, le {}", parts[1], day) : "Cantines, le " + day;
  }
  if (line.action == "retention_changed" && parts.size() == 2) {
    const std::size_t arrow = std::min(parts[1].find("->"), parts[1].size());
    return fmt::format("{}\u00a0: {} jours au lieu de {}", kind_words(known, parts[0]),
                       parts[1].substr(std::min(arrow + 2, parts[1].size())), parts[1].substr(0, arrow));
  }
  if (line.action == "purged" && parts.size() >= 3) {
    if (parts[0] == "all") return "En tout\u00a0: " + parts[2];
    return fmt::format("{}, avant le {}\u00a0: {}", kind_words(known, parts[0]), pages::french_date(parts[1]), parts[2]);
  }
  return {};
}

std::string object_words(const Known& known, const audit::Line& line) {
  if (line.object == line.who && !line.who.empty()) return "";
  if (const people::Account* account = account_of(known, line.object))
    return fmt::format("Compte\u00a0: {} ({})", account->name, account->login);
  if (const people::Key* key = key_of(known, line.object)) return fmt::format("Clé\u00a0: {}", key->name);
  if (line.action == "signed_in" || line.action == "signed_out") return "";  // the id of a session says nothing to a reader
  if (std::string made = made_words(known, line); !made.empty()) return made;
  const bool of_an_account = line.action.starts_with("account_") || line.action.starts_with("person_") || line.action == "key_issued";
  return of_an_account && !line.object.empty() ? fmt::format("Compte effacé ({})", line.object) : line.object;
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
