// A light stemmer for French without accents: plural, then the longest suffix that leaves enough letters, then the ending that the cut
// uncovered. Snowball's French expects accents, which people at a keyboard leave out.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "text/analysis.h"

namespace beffroi::text {

namespace {

struct Suffix {
  std::string_view letters;
  std::size_t keeps;  // letters that must remain
};

// Longest first.
constexpr std::array kSuffixes = {
    Suffix{"ationnelle", 4}, Suffix{"issements", 4}, Suffix{"issement", 4}, Suffix{"ationnel", 4}, Suffix{"issaient", 3},
    Suffix{"issante", 3},    Suffix{"isations", 4},  Suffix{"atrices", 4},  Suffix{"issant", 3},   Suffix{"issent", 3},
    Suffix{"isation", 4},    Suffix{"atrice", 4},    Suffix{"ateurs", 4},   Suffix{"ations", 4},   Suffix{"ements", 4},
    Suffix{"eresse", 4},     Suffix{"naires", 5},    Suffix{"ateur", 4},    Suffix{"ation", 4},    Suffix{"issez", 3},
    Suffix{"ement", 4},      Suffix{"ments", 5},     Suffix{"euses", 4},    Suffix{"isees", 4},    Suffix{"naire", 5},
    Suffix{"antes", 4},      Suffix{"aient", 4},     Suffix{"erait", 4},    Suffix{"erons", 4},    Suffix{"eront", 4},
    Suffix{"ables", 4},      Suffix{"ibles", 4},     Suffix{"iques", 4},    Suffix{"elles", 4},    Suffix{"ment", 5},
    Suffix{"euse", 4},       Suffix{"isee", 4},      Suffix{"iser", 4},     Suffix{"ises", 5},     Suffix{"ante", 4},
    Suffix{"ants", 4},       Suffix{"erez", 4},      Suffix{"able", 4},     Suffix{"ible", 4},     Suffix{"ives", 4},
    Suffix{"ique", 4},       Suffix{"elle", 4},      Suffix{"eurs", 4},     Suffix{"ages", 4},     Suffix{"ites", 5},
    Suffix{"ise", 5},        Suffix{"ant", 4},       Suffix{"ive", 4},      Suffix{"ifs", 4},      Suffix{"els", 4},
    Suffix{"eur", 4},        Suffix{"age", 4},       Suffix{"ite", 5},      Suffix{"ees", 3},      Suffix{"ons", 5},
    Suffix{"ait", 4},        Suffix{"ais", 4},       Suffix{"era", 4},      Suffix{"if", 4},       Suffix{"el", 4},
    Suffix{"ee", 3},         Suffix{"es", 3},        Suffix{"ez", 4},       Suffix{"er", 3},       Suffix{"ir", 4},
    Suffix{"e", 3},          Suffix{"s", 3},         Suffix{"x", 4}};

// Short words whose ending is no suffix, or whose final s is no plural.
constexpr std::array<std::string_view, 24> kWhole = {"acces",    "bois", "cher",   "concours", "corps",   "cours",  "deces", "discours",
                                                     "fier",     "fils", "fois",   "hier",     "ment",    "mer",    "mois",  "nier",
                                                     "parcours", "pays", "proces", "recours",  "secours", "succes", "tant",  "temps"};

bool ends_with_any(const std::string& word, std::string_view letters) { return letters.find(word.back()) != std::string_view::npos; }

void cut_suffix(std::string& word) {
  for (const auto& [letters, keeps] : kSuffixes) {
    if (word.size() >= letters.size() + keeps && word.ends_with(letters)) {
      word.resize(word.size() - letters.size());
      return;
    }
  }
}

}  // namespace

std::string stem(std::string_view folded) {
  std::string word(folded);
  const bool has_digit = std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
  if (word.size() <= 3 || has_digit || std::ranges::binary_search(kWhole, folded)) return word;
  if (word == "travaux") return "travail";
  if (word.ends_with("aux") && word.size() >= 5) {
    word.replace(word.size() - 3, 3, "al");
  } else {
    if (ends_with_any(word, "sx")) word.pop_back();
    cut_suffix(word);
  }
  if (word.size() > 3 && word.back() == 'e') word.pop_back();
  if (word.size() > 4 && word.back() == word[word.size() - 2] && ends_with_any(word, "nltrmpscf")) word.pop_back();
  if (word.size() > 4 && word.back() == 'i') word.pop_back();
  return word;
}

}  // namespace beffroi::text
