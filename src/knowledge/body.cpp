#include "knowledge/body.h"

#include <fmt/format.h>

#include <string_view>
#include <unordered_map>

#include "knowledge/lines.h"
#include "knowledge/services.h"
#include "knowledge/split.h"
#include "knowledge/table.h"

namespace beffroi::knowledge {

namespace {

enum class Role {
  paragraph,
  list,
  table,
  box,
  section,   // a part with a title of its own
  choice,    // cases, one of which is the reader's
  branch,    // one step of a guided search
  question,  // of the questionnaire that opens a guided fiche
  through,   // a wrapper: its content belongs to the place it stands in
  silent,    // codes and titles already read: no words for the reader
  unknown,
};

Role role_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Role> kRoles = {
      {"Paragraphe", Role::paragraph},
      {"TitreFlottant", Role::paragraph},
      {"Liste", Role::list},
      {"Tableau", Role::table},
      {"Attention", Role::box},
      {"ASavoir", Role::box},
      {"ANoter", Role::box},
      {"Rappel", Role::box},
      {"Exemple", Role::box},
      {"Aide", Role::box},
      {"Avertissement", Role::box},
      {"Chapitre", Role::section},
      {"SousChapitre", Role::section},
      {"Complement", Role::section},
      {"Conclusion", Role::section},
      {"Cout", Role::section},
      {"NbEtapes", Role::section},
      {"Etapes", Role::section},
      {"Documents", Role::section},
      {"Delai", Role::section},
      {"Recours", Role::section},
      {"BlocCas", Role::choice},
      {"ListeSituations", Role::choice},
      {"Problematique", Role::branch},
      {"Branche", Role::branch},
      {"Question", Role::question},
      {"Texte", Role::through},
      {"Introduction", Role::through},
      {"Corps", Role::through},
      {"FragmentConditionne", Role::through},
      {"ContenuIllustre", Role::through},
      {"Contenu", Role::through},
      {"Description", Role::through},
      {"Problematiques", Role::through},
      {"Questionnaire", Role::through},
      {"CommentFaireSelf", Role::through},
      {"Titre", Role::silent},
      {"TitreAlternatif", Role::silent},
      {"Condition", Role::silent},
      {"SiSelectionne", Role::silent},
      {"Credits", Role::silent},
      {"Source", Role::silent},
  };
  const auto found = kRoles.find(name);
  return found != kRoles.end() ? found->second : Role::unknown;
}

// What a part is called when the file gives it no title.
std::string_view default_title(std::string_view name) {
  static const std::unordered_map<std::string_view, std::string_view> kTitles = {
      {"Attention", "Attention"}, {"ASavoir", "À savoir"}, {"ANoter", "À noter"},  {"Rappel", "Rappel"},
      {"Exemple", "Exemple"},     {"Aide", "À savoir"},    {"Cout", "Coût"},       {"NbEtapes", "Nombre d’étapes"},
      {"Etapes", "Étapes"},       {"Delai", "Délai"},      {"Recours", "Recours"}, {"Documents", "Documents à fournir"},
  };
  const auto found = kTitles.find(name);
  return found != kTitles.end() ? found->second : std::string_view{};
}

std::string title_of(const Element& element) {
  std::string title = words_of_child(element, "Titre");
  return title.empty() ? std::string(default_title(element.name)) : title;
}

Place with_section(Place place, std::string section) {
  if (!section.empty()) place.sections.push_back(std::move(section));
  return place;
}

Place with_condition(Place place, std::string condition) {
  if (!condition.empty()) place.conditions.push_back(std::move(condition));
  return place;
}

// A line in bold alone, as DILA titles the parts of a chapter where its schema has no level left: « Montant du prêt ». Not a sentence,
// not a telephone number, not the lead of a list, and something follows it.
bool is_bold_heading(const Element& paragraph) {
  constexpr std::size_t kMaxHeadingBytes = 120;
  const Element* only = paragraph.first;
  if (paragraph.name != "Paragraphe" || only == nullptr || only->next != nullptr || only->name != "MiseEnEvidence") return false;
  const Element* following = paragraph.next;
  if (following == nullptr || (following->name == "Paragraphe" && is_bold_heading(*following))) return false;
  const std::string words = words_under(*only);
  if (words.size() < 4 || words.size() > kMaxHeadingBytes || (words.front() >= '0' && words.front() <= '9')) return false;
  return std::string_view(".,;:!)").find(words.back()) == std::string_view::npos;
}

bool is_heading(const Element& element) { return element.name == "TitreFlottant" || is_bold_heading(element); }

Block paragraph_block(const Element& element) {
  InlineText content = inline_text(element);
  Block block;
  block.text = std::move(content.text);
  block.links = std::move(content.links);
  return block;
}

bool has_direct_text(const Element& element) {
  for (const Element& child : element) {
    if (child.is_text()) return true;
  }
  return false;
}

// « Attention : le service peut exiger… », on the lines that the box holds; contacts, services and tables follow it as blocks.
std::vector<Block> box_blocks(const Element& box) {
  std::vector<Block> blocks(1);
  blocks.front().kind = box.name == "Attention" || box.name == "Avertissement" ? BlockKind::warning : BlockKind::note;
  if (has_direct_text(box)) append_line(blocks.front(), inline_text(box));
  for (const Element& child : box) {
    if (child.is_text() || has_direct_text(box) || role_of(child.name) == Role::silent) continue;
    if (is_contact(child)) {
      blocks.push_back(contact_block(child));
    } else if (child.name == "Tableau") {
      blocks.push_back(table_block(child));
    } else if (is_service(child)) {
      for (Block& service : service_blocks(child)) blocks.push_back(std::move(service));
    } else {
      append_line(blocks.front(), lines_under(child));
    }
  }
  const std::string title = title_of(box);
  if (!blocks.front().text.empty() && !title.empty()) blocks.front().text.insert(0, title + " : ");
  return blocks;
}

}  // namespace

void Body::add(Block block, const Place& place) {
  if (block.text.empty()) return;
  if (!open_) {
    Passage passage;
    passage.sections = place.sections;
    passage.conditions = place.conditions;
    passages_.push_back(std::move(passage));
    open_ = true;
  }
  passages_.back().blocks.push_back(std::move(block));
}

void Body::read(const Element& container, const Place& place) {
  Cases cases;
  read_children(container, place, cases);
}

void Body::read_element(const Element& element, const Place& place) {
  Cases cases;
  read_child(element, place, cases);
}

// A heading on the way titles all that follows it up to the next one.
void Body::read_children(const Element& container, const Place& place, Cases& cases) {
  Place here = place;
  for (const Element& child : container) {
    if (!is_heading(child)) {
      read_child(child, here, cases);
      continue;
    }
    close();
    cases = {};
    here = with_section(place, words_under(child));
  }
  if (here.sections.size() != place.sections.size()) close();
}

void Body::read_child(const Element& child, const Place& place, Cases& cases) {
  const Role role = child.is_text() ? Role::paragraph : role_of(child.name);
  // Only boxes that come at once after the cases speak of them.
  const bool keeps_cases = role == Role::choice || role == Role::box || role == Role::silent || child.name == "FragmentConditionne";
  if (!keeps_cases) cases = {};
  switch (role) {
    case Role::paragraph: add(paragraph_block(child), place); break;
    case Role::list: read_list(child, place, 0); break;
    case Role::table: add(table_block(child), place); break;
    case Role::box: read_box(child, place, cases); break;
    case Role::section: read_section(child, place); break;
    case Role::choice: read_cases(child, place, cases); break;
    case Role::branch: read_branch(child, place); break;
    case Role::question: read_question(child, place); break;
    case Role::through: read_children(child, place, cases); break;
    case Role::silent: break;
    case Role::unknown: read_unknown(child, place, cases); break;
  }
}

void Body::read_section(const Element& section, const Place& place) {
  close();
  read(section, with_section(place, title_of(section)));
  close();
}

// Each case is a place of its own, under its condition.
void Body::read_cases(const Element& choice, const Place& place, Cases& cases) {
  cases.begin = passages_.size();
  for (const Element& option : choice) {
    if (option.is_text() || role_of(option.name) == Role::silent) continue;
    close();
    read(option, with_condition(place, words_of_child(option, "Titre")));
  }
  close();
  cases.end = passages_.size();
}

// A guided search: « Vous êtes propriétaire » › « Il est neuf » → the fiche to read.
void Body::read_branch(const Element& branch, const Place& place) {
  const std::string title = words_of_child(branch, "Titre");
  const Place inside = with_condition(place, title);
  for (const Element& child : branch) {
    if (child.name == "LienInterne") {
      InlineText words = inline_text(child);
      Block block;
      block.kind = BlockKind::list_item;
      block.text = words.text.empty() ? title : words.text;
      block.links.push_back({block.text, {}, std::string(child.attribute("LienPublication"))});
      add(std::move(block), words.text.empty() ? place : inside);
      continue;
    }
    const bool deeper = role_of(child.name) == Role::branch && child.has_element_children();
    if (deeper) close();
    read_element(child, inside);
    if (deeper) close();
  }
}

void Body::read_question(const Element& question, const Place& place) {
  close();
  const Place inside = with_section(place, words_of_child(question, "Titre"));
  for (const Element& child : question) {
    if (child.name != "Choix") {
      read_element(child, inside);
      continue;
    }
    Block block;
    block.kind = BlockKind::list_item;
    block.text = words_of_child(child, "Titre");
    const std::string said = words_of_child(child, "IntituleSiSelectionne");
    if (!said.empty() && said != block.text) block.text += block.text.empty() ? said : " : " + said;
    add(std::move(block), inside);
  }
  close();
}

void Body::read_list(const Element& list, const Place& place, int depth) {
  for (const Element& child : list) {
    if (child.name == "Item") {
      read_item(child, place, depth);
    } else if (child.is_text() || role_of(child.name) != Role::silent) {
      read_element(child, place);
    }
  }
}

// Paragraphs of one item make one block; what else it holds follows it.
void Body::read_item(const Element& item, const Place& place, int depth) {
  Block block;
  block.kind = BlockKind::list_item;
  block.depth = depth;
  if (has_direct_text(item)) {
    append_line(block, inline_text(item));
    return add(std::move(block), place);
  }
  std::vector<const Element*> after;
  for (const Element& child : item) {
    const Role role = role_of(child.name);
    if (role == Role::paragraph || (role == Role::unknown && !child.has_element_children())) append_line(block, lines_under(child));
    else if (role != Role::silent) after.push_back(&child);
  }
  add(std::move(block), place);
  for (const Element* child : after) {
    if (child->name == "Liste") read_list(*child, place, depth + 1);
    else read_element(*child, place);
  }
}

void Body::read_box(const Element& box, const Place& place, const Cases& cases) {
  std::vector<Block> blocks = box_blocks(box);
  for (std::size_t i = cases.begin; i < cases.end; ++i) {
    for (Block copy : blocks) {
      copy.repeated = true;
      if (!copy.text.empty()) passages_[i].blocks.push_back(std::move(copy));
    }
  }
  for (Block& block : blocks) add(std::move(block), place);
}

void Body::read_unknown(const Element& element, const Place& place, Cases& cases) {
  if (is_contact(element)) return add(contact_block(element), place);
  if (is_service(element)) {
    for (Block& block : service_blocks(element)) add(std::move(block), place);
    return;
  }
  if (element.child("Titre") != nullptr) return read_section(element, place);
  bool holds_blocks = false;
  for (const Element& child : element) holds_blocks = holds_blocks || (!child.is_text() && role_of(child.name) != Role::unknown);
  if (holds_blocks) read_children(element, place, cases);
  else add(paragraph_block(element), place);
}

std::vector<Passage> Body::take(const std::string& publication_id) && {
  std::vector<Passage> passages;
  for (Passage& passage : passages_) split_long(std::move(passage), passages);
  int number = 0;
  for (Passage& passage : passages) passage.id = fmt::format("{}#p{}", publication_id, number++);
  return passages;
}

}  // namespace beffroi::knowledge
