#include "answers/emergency.h"

#include <algorithm>
#include <array>
#include <string>

#include "answers/patterns.h"

namespace beffroi::answers {
namespace {

struct Number {
  std::string_view key;
  std::string_view name;
  std::string_view detail;
};

constexpr std::array<Number, 9> kNumbers = {{
    {"15", "15 — Samu", "Urgence médicale, jour et nuit, appel gratuit"},
    {"17", "17 — Police ou gendarmerie", "Danger, violence, agression, cambriolage, jour et nuit, appel gratuit"},
    {"18", "18 — Pompiers", "Incendie, gaz, accident, personne en péril, jour et nuit, appel gratuit"},
    {"112", "112 — Numéro d’urgence européen", "Toutes les urgences, dans toute l’Union européenne, appel gratuit"},
    {"114", "114 — Urgence par SMS", "Pour les personnes sourdes ou malentendantes, ou si vous ne pouvez pas parler"},
    {"115", "115 — Samu social", "Personne sans abri, jour et nuit, appel gratuit"},
    {"119", "119 — Enfance en danger", "Pour un enfant ou un témoin, jour et nuit, appel gratuit et confidentiel"},
    {"3114", "3114 — Prévention du suicide", "Écoute par des professionnels, jour et nuit, appel gratuit et confidentiel"},
    {"3919", "3919 — Violences Femmes Info", "Écoute et orientation, appel gratuit et anonyme"},
}};

struct Rule {
  std::string_view pattern;
  std::string_view numbers;  // keys separated by spaces, the first to call first
  bool acute = false;
};

// Acute rules tell a scene (« mon mari me frappe »), the others name a topic. A rule names what a person may say, not what a test says.
constexpr std::string_view kHurting =
    "frapp*|bat|battu*|tape|tapent|tabass*|cogn*|gifl*|etrangl*|menac*|viol*|seques*|maltrait*|agress*|insult*|humili*|harcel*|poursui*|"
    "attouch*|brutalis*|coups";
constexpr std::string_view kPartner =
    "mari|conjoint|conjointe|copain|compagnon|compagne|ex|ex-mari|ex-conjoint|epoux|partenaire|petit ami|femme|concubin|beau-pere|fils|frere|"
    "pere";

std::vector<std::pair<std::string, Rule>> written_rules() {
  const std::string hurting(kHurting), partner(kPartner);
  // clang-format off: a table, grouped by danger
  return {
    // fire, gas, water
    {"au feu|en feu|prend feu|pris feu|a pris feu|y a le feu|y a du feu|y a un feu|un incendie se|incendie chez|incendie dans|le feu a|"
     "maison brule|immeuble brule|appartement brule|voiture brule|grange brule|foret brule|cuisine brule|ca brule - feu d'|feux d'|detecteur*|cheminee|assurance*",
     {"", "18 112 114", true}},
    {"fumee|fumees & noire|sort|appartement|immeuble|cage d'escalier|envahi* - detecteur*|barbecue|cheminee", {"", "18 112 114", true}},
    {"incendie*|flammes|explosion*|explose|asphyx*", {"", "18 112 114", false}},
    {"feu|feux - feu rouge|feux rouges|feu de signalisation|coup de feu|coups de feu", {"", "18 112", false}},
    {"odeur de gaz|odeurs de gaz|fuite de gaz|fuites de gaz|sent le gaz|gaz s'echappe|gaz qui fuit|sens le gaz|sens du gaz|"
     "monoxyde|gaz fuit",
     {"", "18 112 114", true}},
    {"se noie|noie|noyade|noyades|tombe a l'eau|tombee a l'eau|tombe dans l'eau|tombee dans la piscine|tombe dans la piscine|tombe dans un puits|"
     "en train de couler - prevenir|prevention|securite|dispositif*|risque*|risques",
     {"", "15 18 112 114", true}},
    {"noyade|noyer|noyee|noye", {"", "15 18 112", false}},
    {"inondation & monte|envahit|coince*|bloque*|maison|sous-sol", {"", "18 112", false}},
    {"effondr*|ecroul* & dessous|coince*|bloque*|mur|toit|immeuble|plafond|balcon", {"", "18 112", false}},
    {"electrocut*", {"", "15 18 112", true}},
    // bodies
    {"ne respire plus|ne respire pas|respire plus|arrive plus a respirer|arrive pas a respirer|etouffe|s'etouffe|inconscient*|perdu connaissance|"
     "perd connaissance|evanoui*|fait un malaise|fait un avc|fait une crise|crise cardiaque|arret cardiaque|coeur s'est arrete|saigne beaucoup|"
     "hemorragie|convuls*|ne se reveille pas|ne repond plus|ne bouge plus|est en train d'accoucher|perd les eaux|a perdu les eaux|overdose",
     {"", "15 112 114", true}},
    {"trop de medicaments|trop de cachets|trop de comprimes|tous les medicaments|boite de medicaments|s'est ouvert les veines|ouvert les veines|s'est pendu|s'est pendue", {"", "15 3114 112 114", true}},
    {"accouche & hall|rue|voiture|maintenant|la maison|tout de suite|en train", {"", "15 112 114", true}},
    {"tombe|tombee|tombes & riviere|canal|lac|fleuve|etang|puits|mer|bassin|falaise|du toit|echafaudage|cinquieme|fenetre", {"", "15 18 112 114", true}},
    {"avale|avalee|bu|bue & medicaments|produit|javel|pile|pilules|poison|comprimes|lessive", {"", "15 112 114", true}},
    {"malaise|malaises|avc|infarctus|intoxication|intoxique*|empoisonn*|blesse*|blessure*", {"", "15 112", false}},
    {"accident & vient|blesse*|grave|devant|victime*|route|renverse*|percute*|coince* - accident du travail|assurance*|indemni*|declar*|"
     "fonds de garantie",
     {"", "15 18 112 114", true}},
    {"accident|accidents|accidente*", {"", "15 18 112", false}},
    {"renverse* & enfant|pieton|cycliste|personne|voiture - charge", {"", "15 18 112", true}},
    // violence
    {hurting + " & me|m'|moi|nous|ma mere|ma soeur|ma fille|ma voisine|mon amie|l'a|sa femme|sa compagne|son epouse|elle & " + partner +
         " - me menace d'expulsion|expulsion|loyer",
     {"", "17 3919 112 114", true}},
    {"violence*|violent & conjugal*|couple|femme|femmes|mari|conjoint|foyer|familial*|sexuel*|sexuelles", {"", "17 3919 112 114", false}},
    {"peur de & mari|conjoint|compagnon|ex|copain|rentrer chez", {"", "17 3919 114", true}},
    {"me suit dans la rue|on me suit|me faire agresser|vient d'etre agresse*|viens d'etre agresse*|me fait agresser|on m'a agresse*|on m'agresse|"
     "on m'a viole*|s'est fait agresser|arme a feu|avec un couteau|tire sur|coups de feu|coup de feu|fusillade|attentat|prise d'otage|"
     "quelqu'un est entre chez|entre par effraction|cambrioleur*|en train de cambrioler|essaie d'entrer|essaye d'entrer|tente d'entrer|tentent d'entrer|force ma porte|vient de me voler|viens de me faire voler|vole en me - permis|detention|"
     "declaration|chasse",
     {"", "17 112 114", true}},
    {"agress*|viole|violee|viols|viol|cambriol*|attentat*|bagarre|rixe|couteau|menace de mort|menaces de mort|sequestr*|enlevement d'enfant",
     {"", "17 112 114", false}},
    // suicide
    {"suicid*|me tuer|me pendre|mettre fin a mes jours|finir avec la vie|en finir avec|envie de mourir|veux mourir|veut mourir|voudrais mourir|"
     "plus envie de vivre|plus vivre|veux plus vivre|se tuer|fin a ses jours|me jeter|sauter du pont|me faire du mal|se mutil*|me mutil* - bac",
     {"", "3114 15 112 114", true}},
    // children
    {"enfant*|bebe|nourrisson|gamin*|petit|petite|fillette|garcon|eleve|mineur|mineure|fils|fille & danger|maltrait*|battu*|frapp*|attouch*|abus*|"
     "inceste|negligence|secou*|martyris*|coups|affame*|enferme* - permis|assurance*|code",
     {"", "119 17 112", true}},
    {"enfant*|bebe|fils|fille|petit & disparu*|introuvable|fugu*|perdu au|perdu dans|enleve - carte|livret|deces|passeport", {"", "17 112 119", true}},
    {"me touche|me caresse|me force|m'oblige a le toucher & oncle|pere|beau-pere|grand-pere|frere|cousin|prof|professeur|entraineur|voisin|papa|papi|moniteur", {"", "119 17 112", true}},
    {"maltraitance*|enfance en danger", {"", "119 17", false}},
    // no roof
    {"dors dehors|dors dans la rue|dors dans ma voiture|dormir dehors|dormons dehors|sans abri|sans-abri|sdf|nulle part ou dormir|ou dormir ce soir|"
     "a la rue|dans la rue ce soir|plus de toit|pas de toit|pas d'endroit pour dormir",
     {"", "115", false}},
    {"a la rue|dehors|sans abri & ce soir|cette nuit|maintenant|avec mes enfants|avec mon bebe", {"", "115", true}},
    {"urgence vitale|danger de mort|en danger de mort|au secours|appeler les pompiers|appelez les secours|vite quelqu'un", {"", "112 15 17 18 114", true}},
  };
  // clang-format on
}

const std::vector<std::pair<Pattern, Rule>>& rules() {
  static const std::vector<std::pair<Pattern, Rule>> kRules = [] {
    std::vector<std::pair<Pattern, Rule>> out;
    for (const auto& [pattern, rule] : written_rules()) out.emplace_back(Pattern(pattern), rule);
    return out;
  }();
  return kRules;
}

// Asking about a procedure, a rule or a right is not telling a scene, unless the scene is one's own and now.
bool asks_about_rules(const std::vector<std::string>& words) {
  static const Pattern kRulesAsked(
      "quelle demarche|quelles demarches|quelles aides|quelle aide|quels droits|quel droit|comment porter plainte|comment declarer|indemnis*|"
      "assurance*|formulaire*|permis|prevention|obligatoire*|conditions|definition|formation|amende|peine|sanction*|que risque|que dit la loi|"
      "attestation|certificat|remboursement|conge|conges|recours|delai|hier|annee derniere|mois dernier|il y a longtemps");
  static const Pattern kNow(
      "en ce moment|maintenant|tout de suite|vite|urgent|urgence|la tout|actuellement|ce soir|aidez|au secours|a l'aide");
  return kRulesAsked.found(words) && !kNow.found(words);
}

}  // namespace

Emergency read_emergency(std::string_view question) {
  const auto words = pattern_words(question);
  std::vector<std::string_view> keys;
  Emergency out;
  for (const auto& [pattern, rule] : rules()) {
    if (!pattern.found(words)) continue;
    out.acute = out.acute || rule.acute;
    std::string_view rest = rule.numbers;
    while (!rest.empty()) {
      const std::size_t space = rest.find(' ');
      const auto key = rest.substr(0, space);
      rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
  }
  if (asks_about_rules(words)) out.acute = false;
  for (const auto key : keys) {
    const auto number = std::find_if(kNumbers.begin(), kNumbers.end(), [&](const Number& n) { return n.key == key; });
    out.numbers.push_back({std::string(number->name), std::string(number->detail), {}});
  }
  return out;
}

}  // namespace beffroi::answers
