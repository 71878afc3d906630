#include "usecases/canteen/menu_words.h"

#include <array>
#include <string>

#include "text/analysis.h"

namespace beffroi::canteen {

namespace {

struct MenuWords {
  const char* name;
  const char* label;
  bool by_site;
  const char* words;  // folded, « | » between them; a word matches anywhere in the dish
};

// « buf » is « bœuf » in exports that lost their ligatures.
// clang-format off: a table of words
constexpr std::array<MenuWords, 20> kMenuWords = {{
    {"fish", "poisson", true, "poisson|colin|lieu|saumon|thon|cabillaud|meuniere|hoki|merlu|brandade|surimi|crevette|paella"},
    {"meat", "viande rouge", true, "veau|boeuf|buf|roti|saute|bolognaise|steak|hache"},
    {"poultry", "volaille", false, "dinde|poulet|volaille|pintade|canard|pilon"},
    {"pork", "porc", true, "porc|jambon|saucisse|rillettes|petit sale|lardon"},
    {"fries", "frites", true, "frites"},
    {"pasta", "pâtes", false, "pate|lasagne|macaroni|spaghetti|coquillette|farfalle"},
    {"christmas", "repas de Noël", false, "noel"},
    {"pizza", "pizza", false, "pizza"},
    {"pastry", "pâtisserie", false, "tarte|eclair|gateau|flottante|beignet|crepe|galette|patisserie"},
    {"egg", "œufs", true, "omelette|tortilla"},
    {"mash", "purée ou parmentier", false, "puree|parmentier"},
    {"chocolate", "chocolat", false, "chocolat"},
    {"burger", "hamburger ou panés", false, "burger|hot dog|kebab|nugget"},
    {"greens", "légumes verts ou lentilles", false, "epinard|brocoli|choux|ratatouille|courgette|lentille"},
    {"soup", "soupe", false, "potage|soupe"},
    {"organic", "bio", false, "bio"},
    {"rice", "riz", false, "riz"},
    {"couscous", "couscous", false, "couscous|tajine"},
    {"ice", "glace", false, "glace"},
    {"picnic", "repas froid", false, "pique|froid|chips"},
}};
// clang-format on

bool has_word(std::string_view dish, std::string_view words) {
  for (std::size_t begin = 0; begin <= words.size();) {
    const std::size_t end = std::min(words.find('|', begin), words.size());
    if (dish.find(words.substr(begin, end - begin)) != std::string_view::npos) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace

std::vector<forecast::Flag> menu_flag_list() {
  std::vector<forecast::Flag> flags;
  for (const MenuWords& each : kMenuWords) flags.push_back({each.name, each.label, each.by_site});
  return flags;
}

std::uint64_t menu_flags(std::string_view dish) {
  std::string folded = text::fold(dish);
  if (dish.find("°") != std::string_view::npos) folded += " bio";
  std::uint64_t flags = 0;
  for (std::size_t at = 0; at < kMenuWords.size(); ++at) {
    if (has_word(folded, kMenuWords[at].words)) flags |= std::uint64_t{1} << at;
  }
  return flags;
}

}  // namespace beffroi::canteen
