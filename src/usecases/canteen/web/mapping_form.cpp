#include "usecases/canteen/web/mapping_form.h"

#include <fmt/format.h>

#include <algorithm>

namespace beffroi::canteen {

namespace {

constexpr std::size_t kSamples = 3;
constexpr std::size_t kLongestSample = 40;  // bytes of UTF-8, cut between two letters

std::string shortened(const std::string& text) {
  if (text.size() <= kLongestSample) return text;
  std::size_t end = kLongestSample;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

// The first different values of a column.
std::string samples(const CsvTable& table, std::size_t column) {
  std::vector<std::string> found;
  for (const auto& row : table.rows) {
    const std::string value = shortened(row[column]);
    if (value.empty() || std::find(found.begin(), found.end(), value) != found.end()) continue;
    found.push_back(value);
    if (found.size() == kSamples) break;
  }
  return fmt::format("{}", fmt::join(found, ", "));
}

std::string_view source_words(const Spelling& spelling) {
  switch (spelling.source) {
    case Spelling::Source::asked: return "à reconnaître";
    case Spelling::Source::same: return "même nom";
    case Spelling::Source::proposed: return "proposé\u00a0: à vérifier";
    case Spelling::Source::before: return "déjà répondu";
    case Spelling::Source::answered: return "votre réponse";
  }
  return "";
}

std::string site_label(const SiteName& site) {
  const std::string_view kind = word_of(site.kind);
  return kind.empty() ? site.name : fmt::format("{} ({})", site.name, kind);
}

std::string target_words(const Spelling& spelling, const Questions& questions) {
  switch (spelling.target.kind) {
    case Target::Kind::unanswered: return "—";
    case Target::Kind::create: return "nouvelle cantine";
    case Target::Kind::left_out: return "lignes laissées";
    case Target::Kind::like: return "comme un autre nom";
    case Target::Kind::known: break;
  }
  for (const SiteName& site : questions.known.sites) {
    if (site.code == spelling.target.of) return site_label(site);
  }
  return spelling.target.of;
}

void write_option(Html& html, const Spelling& spelling, const Target& target, std::string_view label) {
  html.element("option", {{"value", to_text(target)}, flag("selected", spelling.target == target)}, label);
}

void write_targets(Html& html, const Spelling& spelling, const Questions& questions, std::size_t at) {
  html.single("input", {{"type", "hidden"}, {"name", fmt::format("cle-{}", at)}, {"value", spelling.key}});
  html.open("select",
            {{"name", fmt::format("nom-{}", at)}, {"aria-label", fmt::format("Cantine de «\u00a0{}\u00a0»", spelling.name.name)}});
  write_option(html, spelling, {}, "à choisir");
  const auto known = [&](std::size_t site) { return Target{Target::Kind::known, questions.known.sites[site].code}; };
  if (!spelling.proposals.empty()) {
    html.open("optgroup", {{"label", "Ressemblent"}});
    for (const Proposal& proposal : spelling.proposals)
      write_option(html, spelling, known(proposal.site), site_label(questions.known.sites[proposal.site]));
    html.close();
  }
  html.open("optgroup", {{"label", "Autrement"}});
  write_option(html, spelling, {Target::Kind::create, {}}, "nouvelle cantine");
  write_option(html, spelling, {Target::Kind::left_out, {}}, "laisser ces lignes");
  html.close();
  const auto is_proposed = [&](std::size_t site) {
    return std::any_of(spelling.proposals.begin(), spelling.proposals.end(),
                       [&](const Proposal& proposal) { return proposal.site == site; });
  };
  if (!questions.known.sites.empty()) {
    html.open("optgroup", {{"label", "Toutes les cantines"}});
    for (std::size_t site = 0; site < questions.known.sites.size(); ++site) {
      if (!is_proposed(site)) write_option(html, spelling, known(site), site_label(questions.known.sites[site]));
    }
    html.close();
  }
  html.open("optgroup", {{"label", "Le même que"}});
  for (const Spelling& other : questions.draft.spellings) {
    if (other.key != spelling.key && other.target.kind == Target::Kind::create)
      write_option(html, spelling, {Target::Kind::like, other.key}, site_label(other.name));
  }
  html.close().close();
}

void write_radio(Html& html, std::string_view name, std::string_view value, std::string_view label, bool checked) {
  const std::string id = fmt::format("{}-{}", name, value);
  html.open("div", {{"class", "choice"}});
  html.single("input", {{"type", "radio"}, {"id", id}, {"name", name}, {"value", value}, flag("checked", checked)});
  html.element("label", {{"for", id}}, label).close();
}

void write_box(Html& html, std::string_view name, std::string_view label, bool checked) {
  html.open("div", {{"class", "choice"}});
  html.single("input", {{"type", "checkbox"}, {"id", name}, {"name", name}, {"value", "oui"}, flag("checked", checked)});
  html.element("label", {{"for", name}}, label).close();
}

// Questions that were answered are shown again, so that the answer can be taken back.
void write_answers(Html& html, Notice::Kind kind, const Questions& questions) {
  const Answers& answers = questions.answers;
  const auto group = [&](std::string_view legend, const auto& inside) {
    html.open("fieldset").element("legend", legend);
    inside();
    html.close();
  };
  if (kind == Notice::Kind::same_day) {
    group("Plusieurs lignes pour une cantine et un jour", [&] {
      write_radio(html, "meme-jour", "add", "les additionner", answers.same_day == SameDay::add);
      write_radio(html, "meme-jour", "first", "garder la première", answers.same_day == SameDay::first);
      write_radio(html, "meme-jour", "last", "garder la dernière", answers.same_day == SameDay::last);
    });
  } else if (kind == Notice::Kind::differs) {
    group("Le fichier dit autre chose que ce qui est enregistré", [&] {
      write_radio(html, "desaccord", "keep", "garder ce qui est enregistré", answers.differs == Differs::keep);
      write_radio(html, "desaccord", "replace", "prendre le fichier", answers.differs == Differs::replace);
    });
  } else if (kind == Notice::Kind::faulty) {
    write_box(html, "laisser", "Laisser ces lignes, importer les autres", answers.faulty == Faulty::leave_out);
  } else if (kind == Notice::Kind::other_town) {
    write_box(html, "notre-commune", "Oui, c’est bien le fichier de notre commune", answers.our_town);
  }
}

}  // namespace

Answers answers_from(const http::Parameters& form, const CsvTable& table) {
  Answers answers;
  if (const auto kind = file_kind(form.value("genre"))) {
    Columns columns;
    columns.kind = *kind;
    for (std::size_t column = 0; column < table.header.size(); ++column)
      columns.roles.push_back(role_of(form.value(fmt::format("colonne-{}", column))).value_or(Role::ignored));
    answers.columns = std::move(columns);
  }
  answers.day_form = day_form(form.value("forme"));
  for (std::size_t at = 0;; ++at) {
    const std::string* key = form.find(fmt::format("cle-{}", at));
    if (key == nullptr) break;
    answers.spellings[*key] = target_of(form.value(fmt::format("nom-{}", at)));
  }
  if (form.find("prestations") != nullptr) {
    const auto kept = form.all("prestation");
    answers.meals = std::set<std::string>(kept.begin(), kept.end());
  }
  answers.same_day = same_day_of(form.value("meme-jour"));
  answers.differs = differs_of(form.value("desaccord"));
  answers.faulty = form.value("laisser") == "oui" ? Faulty::leave_out : Faulty::ask;
  answers.our_town = form.value("notre-commune") == "oui";
  return answers;
}

void write_columns(Html& html, const Questions& questions) {
  html.element("h2", "Colonnes");
  std::vector<Choice> kinds;
  for (const FileKind kind : {FileKind::attendance, FileKind::enrolment, FileKind::menus, FileKind::holidays})
    kinds.push_back({std::string(word_of(kind)), std::string(label_of(kind))});
  write_choice(html, {"genre", "Ce fichier contient", "", word_of(questions.draft.columns.kind)}, kinds);
  open_table(html, "tableau-colonnes", "Ce que contient chaque colonne");
  write_heads(html, {"Colonne", "Premières valeurs", "Contenu"});
  html.open("tbody");
  for (std::size_t column = 0; column < questions.table.header.size(); ++column) {
    const std::string& name = questions.table.header[column];
    html.open("tr").element("th", {{"scope", "row"}}, shortened(name));
    write_cell(html, samples(questions.table, column));
    html.open("td").open("select",
                         {{"name", fmt::format("colonne-{}", column)}, {"aria-label", "Contenu de la colonne " + shortened(name)}});
    for (const Role role : roles_for(questions.draft.columns.kind))
      html.element("option", {{"value", word_of(role)}, flag("selected", questions.draft.columns.roles[column] == role)}, label_of(role));
    html.close().close().close();
  }
  html.close().close().close();
}

void write_days(Html& html, const Questions& questions) {
  const Draft& draft = questions.draft;
  if (draft.days.answer || (draft.days.possible.empty() && draft.columns.kind == FileKind::enrolment)) return;
  html.open("fieldset").element("legend", "Comment lire les dates");
  if (!draft.days.evidence.empty()) html.element("p", draft.days.evidence);
  const auto column = place_of(draft.columns, draft.columns.kind == FileKind::holidays ? Role::first_day : Role::day);
  const std::string sample = column && !questions.table.rows.empty() ? questions.table.rows.front()[*column] : std::string();
  for (const DayForm form : {DayForm::day_first, DayForm::month_first, DayForm::iso}) {
    const auto read = read_day(sample, form);
    const std::string label = fmt::format(
        "{}{}", label_of(form), read ? fmt::format("\u00a0: «\u00a0{}\u00a0» est le {}", shortened(sample), day_words(*read)) : "");
    write_radio(html, "forme", word_of(form), label, questions.answers.day_form == form);
  }
  html.close();
}

void write_spellings(Html& html, const Questions& questions) {
  const auto& spellings = questions.draft.spellings;
  if (spellings.empty()) return;
  const auto is_question = [&](const Spelling& spelling) {
    return questions.every_name || (spelling.source != Spelling::Source::same && spelling.source != Spelling::Source::before);
  };
  const auto asked = static_cast<std::size_t>(std::count_if(spellings.begin(), spellings.end(), is_question));
  html.element("h2", "Noms de cantines");
  html.open("p").text(
      fmt::format("{} nom{} dans le fichier, dont {} à vérifier. ", spellings.size(), spellings.size() > 1 ? "s" : "", asked));
  if (asked < spellings.size()) html.element("a", {{"href", "?tout=oui"}}, "Revoir tous les noms");
  html.close();
  if (asked > 0) {
    open_table(html, "tableau-noms", "Quelle cantine est chaque nom");
    write_heads(html, {"Nom dans le fichier", "Lignes", "Cantine", "D’où vient la proposition"}, {1, 2});
    html.open("tbody");
    std::size_t at = 0;
    for (const Spelling& spelling : spellings) {
      if (!is_question(spelling)) continue;
      html.open("tr").element("th", {{"scope", "row"}}, site_label(spelling.name));
      write_number(html, meals_words(static_cast<double>(spelling.rows)));
      html.open("td");
      write_targets(html, spelling, questions, at++);
      html.close();
      write_cell(html, source_words(spelling));
      html.close();
    }
    html.close().close().close();
  }
  if (asked == spellings.size()) return;
  html.open("details").element("summary", fmt::format("{} noms reconnus", spellings.size() - asked)).open("ul");
  for (const Spelling& spelling : spellings) {
    if (!is_question(spelling))
      html.element("li", fmt::format("{} → {} ({})", site_label(spelling.name), target_words(spelling, questions), source_words(spelling)));
  }
  html.close().close();
}

void write_meals(Html& html, const Questions& questions) {
  const Draft& draft = questions.draft;
  if (!draft.meals.empty()) {
    html.open("fieldset").element("legend", "Prestations comptées");
    html.single("input", {{"type", "hidden"}, {"name", "prestations"}, {"value", "oui"}});
    for (std::size_t at = 0; at < draft.meals.size(); ++at) {
      const std::string id = fmt::format("prestation-{}", at);
      html.open("div", {{"class", "choice"}});
      html.single("input", {{"type", "checkbox"},
                            {"id", id},
                            {"name", "prestation"},
                            {"value", draft.meals[at].value},
                            flag("checked", draft.meals[at].kept)});
      html.element("label", {{"for", id}},
                   fmt::format("{} ({} lignes)", draft.meals[at].value.empty() ? "sans nom" : draft.meals[at].value, draft.meals[at].rows));
      html.close();
    }
    html.close();
  }
  if (!draft.categories.empty())
    html.element("p", fmt::format("Catégories de convives gardées, et additionnées pour chaque cantine\u00a0: {}.",
                                  fmt::join(draft.categories, ", ")));
}

void write_notices(Html& html, const Questions& questions) {
  const auto told = [](Notice::Kind kind) { return kind != Notice::Kind::days && kind != Notice::Kind::spellings; };
  const bool any =
      std::any_of(questions.draft.notices.begin(), questions.draft.notices.end(), [&](const Notice& notice) { return told(notice.kind); });
  const Answers& answers = questions.answers;
  if (any) html.element("h2", "À propos des lignes");
  std::vector<Notice::Kind> shown;
  for (const Notice& notice : questions.draft.notices) {
    if (!told(notice.kind)) continue;
    shown.push_back(notice.kind);
    html.open("div", {{"class", notice.blocking ? "canteen-alert" : "canteen-alarms"}}).element("p", notice.sentence);
    if (!notice.examples.empty()) {
      html.open("ul");
      for (const std::string& example : notice.examples) html.element("li", example);
      if (notice.count > notice.examples.size()) html.element("li", fmt::format("… et {} autres.", notice.count - notice.examples.size()));
      html.close();
    }
    write_answers(html, notice.kind, questions);
    html.close();
  }
  const auto again = [&](Notice::Kind kind, bool answered) {
    if (answered && std::find(shown.begin(), shown.end(), kind) == shown.end()) write_answers(html, kind, questions);
  };
  again(Notice::Kind::same_day, answers.same_day != SameDay::ask);
  again(Notice::Kind::differs, answers.differs != Differs::ask);
  again(Notice::Kind::faulty, answers.faulty != Faulty::ask);
  again(Notice::Kind::other_town, answers.our_town);
}

}  // namespace beffroi::canteen
