#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

#include "text/analysis.h"

namespace beffroi::text {

namespace {

// Folded. «cas», «lieu», «avant», «pendant», «sans», «apres» carry meaning in administrative French and are not here.
constexpr std::string_view kStopWords =
    "a ai aie aient ait as au aucun aucune aura auront aussi autre autres aux avait avec avez avoir avons ayant c ca car ce ceci cela "
    "celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de des deja depuis donc dont du elle elles en encore "
    "entre es est et etaient etais etait etant ete etes etre eu eux fait faire faut furent fut g h hui il ils j je jusque l la laquelle "
    "le lequel les lesquels lesquelles leur leurs lors lorsque lui m ma mais me mes mon n ne ni nos notre nous on ont ou par parce "
    "parmi pas peut peuvent peux plus pour pourquoi pourrait puis puisque qu quand que quel quelle quelles quels qui quoi s sa se selon "
    "sera seront ses si soit sommes son sont sous suis sur t ta te tes toi ton tous tout toute toutes tres tu un une va vers via voici "
    "vos votre vous y doit doivent dois eme er peu doi etc ainsi afin alors";

}  // namespace

bool is_stop_word(std::string_view word) {
  static const std::unordered_set<std::string_view> words = [] {
    std::unordered_set<std::string_view> set;
    for (std::size_t at = 0; at < kStopWords.size();) {
      const std::size_t end = std::min(kStopWords.find(' ', at), kStopWords.size());
      set.insert(kStopWords.substr(at, end - at));
      at = end + 1;
    }
    return set;
  }();
  return words.contains(word);
}

}  // namespace beffroi::text
