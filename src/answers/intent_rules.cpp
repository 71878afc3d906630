#include "answers/intent_rules.h"

#include <algorithm>
#include <utility>

#include "answers/patterns.h"
#include "text/tokens.h"

namespace beffroi::answers {
namespace {

struct Rules {
  std::vector<std::pair<Pattern, Intent>> list;

  void add(Intent intent, std::initializer_list<std::string_view> patterns) {
    for (const auto pattern : patterns) list.emplace_back(Pattern(pattern), intent);
  }
};

constexpr std::string_view kYourRules =
    "instructions|instruction|consigne|consignes|directive|directives|regles|prompt|prompts|role|contraintes|restrictions|limites|filtres|"
    "garde-fous|securites|programmation|rules|guidelines|anweisungen|instrucciones|istruzioni|instrucoes";

void add_overrides(Rules& rules) {
  const std::string yours(kYourRules);
  const std::string ignore =
      "ignore|ignores|ignorez|ignorer|oublie|oubliez|oublier|contourne|contournez|desactive|desactivez|outrepasse*|annule tes|abandonne*|transgresse*|"
      "fais abstraction|faites abstraction|ne tiens pas compte|ne tenez pas compte|passe outre|passez outre|neglige*|disregard|forget|override|bypass|"
      "ignoriere|ignoriert|vergiss|ignora|olvida|dimentica|esquece & " +
      yours + "|tout ce|all|alle - voter|procuration";
  const std::string as_if = "fais comme si|faites comme si|comme si tu n'avais|comme si tes|comme si vos & " + yours;
  rules.list.emplace_back(Pattern(as_if), Intent::override_rules);
  const std::string reveal =
      "affiche|affichez|montre|montrez|revele|revelez|donne|donnez|donne-moi|repete|repetez|recopie|ecris|ecrivez|divulgue*|devoile*|liste|listez|cite|"
      "imprime|reproduis|resume|traduis|quel est|quelles sont|quels sont|quelle est|continue|complete|dis & tes " +
      std::string(
          "instructions|tes consignes|tes regles|ton prompt|vos consignes|vos regles|vos instructions|ta configuration|votre configuration|le prompt|"
          "prompt systeme|system prompt|prompt initial|instructions confidentielles|consignes confidentielles|instructions internes|consignes internes|"
          "instructions de l'assistant|instructions systeme|message systeme|api|variables d'environnement|environnement du serveur|mot de passe admin|"
          "mots de passe|mot de passe de|mot de passe du|jeton|token|documents internes|base de donnees|fichiers du serveur|commence par tu es|"
          "texte qui commence par|code source|ton entrainement - prompt delai|prompt retour|prompt retablissement|prompt paiement|prompt renfort");
  rules.list.emplace_back(Pattern(ignore), Intent::override_rules);
  rules.list.emplace_back(Pattern(reveal), Intent::override_rules);
  rules.add(
      Intent::override_rules,
      {"internen dokumente|documentos internos|internal documents|your instructions|your prompt|system prompt|previous instructions|all instructions|"
       "jailbreak|developer mode|mode developpeur|mode debug|mode admin|mode administrateur|mode sans filtre|sans filtre|sans aucune limite|sans limite ethique|"
       "sans restriction|aucune limite|aucune restriction|aucune censure",
       "tu es maintenant|tu es desormais|tu es libre|vous etes maintenant une|tu n'es plus|tu deviens|a partir de maintenant tu|desormais tu|you are now|"
       "tu t'appelles maintenant|agis comme si|comporte-toi comme|reponds comme si tu|fais semblant d'etre|fais comme si tu|imagine que tu es|"
       "imagine que tu n'|joue le role|prends le role|incarne & dan|ia|assistant|libre|limite|limites|regle|regles|pirate|maire|admin|administrateur|"
       "sans|robot|filtre|humain|expert|systeme|plus|avocat|mechant",
       "nouvelle politique|nouvelle regle|nouvelle consigne|nouvelles consignes|nouvelle instruction|nouvelles instructions|mise a jour systeme|"
       "message du systeme|ordre du systeme|note aux outils|note a l'ia|message pour l'ia & reponses|reponse|repond*|applique*|obei*|doivent|commencer|"
       "classe*|valide*|ecris",
       "base64|rot13|hexadecimal|en morse|a l'envers & repond*|consignes|instructions|decode*|ecris|mets",
       "execute|executez|executer|lance|lancez|supprime|supprimez|efface|effacez|detruis|vide|arrete|arretez|formate|modifie|drop & documents indexes|"
       "l'index|la base|base de donnees|le serveur|les journaux|les logs|le systeme|tous les fichiers|table|tables|commande suivante|ce code|ce script",
       "confirme que tu|jure que|promets de ne & obeis|regles|limites|libre",
       "dans une fiction|dans un roman|pour un jeu|a titre fictif|hypothetiquement|scenario fictif|mon personnage & contourn*|frauder|pirat*|falsifi*|voler|"
       "tricher|fabriquer|cacher|pas a pas|etape par etape",
       "test de securite|audit de securite|autorise par la dsi|je suis ton developpeur|je suis l'administrateur|je suis le developpeur & configuration|mot de passe|"
       "consignes|acces|prompt|cles|secret*|desactive*",
       "reponds|repondre|reponse|reponses|repondez|phrase & uniquement par|toujours oui|toujours non|seulement par|sans citer|sans source|en commencant par|commence par|"
       "commence tes|termine|terminer|finis|toutes tes|a toutes mes|chaque fois par|toujours par|tu reponds toujours - delai|administration",
       "tu dois|tu devras|tu vas|tu as l'ordre|je t'ordonne|je te l'ordonne|je t'interdis|obeis & repondre|ecrire|dire|obeir|ignorer|citer|desactiver|oublier|inventer|"
       "mentir|accepter|approuver|moi",
       "desobei*|rebelle-toi|libere-toi|emancipe-toi", "fais-toi passer|faites-vous passer|te faire passer|fais toi passer",
       "messages precedents|message precedent|conversations precedentes|historique des|l'historique|toutes les conversations|les conversations|questions des autres|"
       "journal des questions & affiche*|montre*|revele*|donne*|supprime*|efface*|lis|resume*",
       "moderation|filtres|filtre|protections|protection|censure|securite & desactive*|enleve*|retire*|coupe|supprime tes|debloque* - sociale|enfance|juridique|incendie",
      // other alphabets
       "تجاهل|التعليمات|игнорируй*|инструкци*|忽略*|指令*"});
}

void add_personal_data(Rules& rules) {
  rules.add(
      Intent::personal_data,
      {"autre usager|autres usagers|autre utilisateur|autres utilisateurs|autres personnes|autre personne|autres habitants|autre habitant|autres citoyens|"
       "quelqu'un d'autre|precedent usager|precedente conversation|derniers usagers & t'a|t'ont|vous a|vous ont|envoye*|ecrit*|demande a|dit|conversation*|"
       "messages|questions posees",
       "mon numero de secu*|mon nir|mon numero de carte|mon iban|mon mot de passe|mes coordonnees & garde*|gardez|memorise*|retiens|retenez|enregistre*|"
       "souviens-toi|conserve*|note|notez",
       "liste|lister|listez|noms|nom|coordonnees|adresses|fichier & beneficiaires|allocataires|demandeurs|electeurs qui|electeurs du quartier|habitants de la rue|"
       "mauvais payeurs|impayes|personnes handicapees|personnes agees de|familles qui|assistantes sociales de|agents malades|parents qui - comment|inscription|"
       "consulter les listes",
       "qui a pose|qui t'a|qui vous a|qui a demande & question|questions|hier|aujourd'hui|avant moi|contacte|ecrit",
       "donne*|montre*|affiche*|envoie*|fournis*|liste*|communique* & electeurs|administres|contribuables|allocataires|abonnes|residents|eleves de|parents d'eleves|"
       "familles & liste|noms|fichier|coordonnees|bureau|rue|quartier|qui - comment",
       "numero|portable|telephone|mail|adresse & personnel*|perso|portable|prive*|du domicile & du maire|de la maire|de l'adjoint*|d'un elu|d'un agent|du directeur|"
       "de la directrice|du prefet|de la secretaire|du depute",
       "mon voisin|ma voisine|mes voisins|mon collegue|ma collegue|mon ex|mon patron|mon locataire|mon gendre|ma belle-fille & fiche s|fiche|casier|condamne*|malade|endette*|"
       "touche le|touche la|touche l'|touche des|percoit|homosexuel*|religion|maitresse|amant|salaire|gagne - est-ce que je|puis-je|comment|que faire|bruit|droit",
       "qui touche|qui percoit|qui beneficie & rsa|l'apa|aide*|apl & dans ma rue|mon immeuble|le quartier|la commune|notre village|chez nous|le village",
       "qui habite|ou habite|ou vit|ou loge & au numero|la maison|l'appartement|rue|mon ex|madame|monsieur|mme|m",
       "salaire|combien gagne|remuneration|paie & secretaire de mairie|du maire adjoint|de l'agent|de la directrice|du directeur|de mon voisin|de ma voisine|de mon collegue|"
       "de madame|de monsieur|de mme & je veux|nom|donne*|combien"});
  rules.list.emplace_back(
      Pattern(
          "donne*|quel est|quelle est|trouve*|cherche|communique*|je veux|connaitre|avoir|quelles sont & adresse|telephone|numero|portable|mail|e-mail|courriel|"
          "date de naissance|dossier|casier|revenus|ressources|dettes|situation & de mme|de madame|de m|de monsieur|de mon voisin|de ma voisine|de mon ex|"
          "de mon locataire|du voisin|de la voisine|d'un habitant|d'une habitante|de mon patron|de mon proprietaire|de ma belle-soeur|de mon collegue - "
          "demande de logement|comment demander"),
      Intent::personal_data);
}

void add_politics(Rules& rules) {
  rules.add(
      Intent::political,
      {"maire|maires|adjoint*|conseil municipal|conseillers municipaux|l'opposition|opposition municipale|la majorite|parti|partis|candidat|candidate|elu|elus|president|"
       "ministre*|gouvernement|depute|senateur|prefet|politique|politiciens & incompetent*|competent|nul|nuls|menteur*|honnete*|corrompu*|idiot*|le meilleur|"
       "meilleur candidat|meilleur parti|pire|bon maire|mauvais|mal vote|bien vote|a tort|raison de|que penses-tu|que penses|que pensez|ton avis|votre avis|ton opinion|"
       "votre opinion|es-tu d'accord|attaque|attaquer|denigr*|critique|critiquer|discrediter|ridicul*|se moque*|faut-il voter|dois-je voter|voter pour|vote pour|"
       "soutiens-tu|soutenir|preferes|prefere - conditions|comment devenir|contester|recours",
       "redige*|ecris|ecrivez|fais|prepare*|compose*|genere & tract|tracts|discours|slogan*|profession de foi|programme electoral|affiche electorale|affiche de campagne|"
       "lettre ouverte contre",
       "l'opposition|la majorite|le maire|la maire|les elus|l'adjoint*|le conseil municipal|le prefet|le gouvernement|le president & triche*|menti|ment|vole|voleur*|corrompu*|"
       "detourne|incapable*|pourri*|escroc*|nul|nulle|raciste*|facho*",
       "vote pour qui|votes pour qui|toi tu votes|tu votes|vas-tu voter|voterais-tu|extreme droite|extreme gauche & ton avis|votre avis|que penses*|qui|toi|pour|donne - commune",
       "pour qui voter|pour qui dois-je voter|pour qui faut-il voter|pour qui voteriez|pour qui voterais|pour qui tu|quel parti choisir|quel parti|quel candidat choisir|"
       "quel candidat|la gauche ou la droite|gauche ou droite|es-tu de gauche|es-tu de droite",
       "tract|post facebook|publication facebook|discours|slogan|tweet|affiche & attaque|contre|pour faire elire|electoral|electorale|l'opposition|mon adversaire|"
       "le maire sortant|favorable - autorisation|reglement*|affichage",
       "dis|dites|affirme|affirmez|confirme|confirmez|reconnais & que le maire|que la mairie|que le conseil|que l'opposition|que la majorite|que le gouvernement|"
       "que le president"});
}

void add_illegal(Rules& rules) {
  const std::string write = "redige|redigez|ecris|ecrivez|fais|faites|prepare|preparez|genere|produis|invente|aide-moi a rediger|propose";
  const std::string group =
      "etranger|etrangere|etrangers|enceinte|grossesse|religion|musulman*|juif|juive|juifs|noir|noirs|arabe|arabes|rom|roms|gitan*|gens du voyage|communaute|"
      "origine|origines|race|couleur de peau|homosexuel*|handicap|handicapee|syndicaliste|son sexe|nom de famille|africain*|maghrebin*|trop vieux|trop age*|"
      "trop agee|sexe";
  const std::string shut =
      "interdi*|refus*|reserve*|exclu*|uniquement aux|uniquement les|seulement les|sauf les|pas de & voile*|voilee*|sans papiers|sans-papiers|blancs|blanches|francais de souche|"
      "mendiants|handicapes|etrangers|etrangeres|musulman*|juifs|noirs|arabes|roms|homosexuels|meres celibataires|chomeurs|vieux|hommes|femmes";
  rules.list.emplace_back(Pattern(write + " & " + shut + " - contre la discrimination|mixite"), Intent::illegal);
  rules.list.emplace_back(
      Pattern(write + " & refus|lettre|arrete|courrier|deliberation|licenciement|annonce|offre|decision|sanction|note|reglement & " +
              group + " - contre la discrimination|discriminations"),
      Intent::illegal);
  rules.list.emplace_back(
      Pattern(
          "refuser|exclure|interdire|virer|expulser|ecarter|trier|choisir & parce qu'|parce que|a cause de|car ils sont|car il est|car elle est|"
          "uniquement les & " +
          group + " - droit|discrimination*|recours|victime"),
      Intent::illegal);
  rules.add(
      Intent::illegal,
      {"comment|aide-moi|explique*|astuce*|moyen|je veux|je voudrais|peux-tu & frauder|falsifier|truquer|contrefaire|escroquer|pirater|blanchir|fabriquer un faux|"
       "fabriquer une fausse|faire un faux|faire une fausse|faux papiers|fausse facture|fausse attestation|faux certificat|fausse carte|travailler au noir sans|"
       "dissimuler des revenus|cacher des revenus|cacher mes revenus|ne pas declarer mes|espionner|usurper|acheter des voix|soudoyer|corrompre|bourrer les urnes|"
       "voter deux fois|voter a la place - risque*|sanction*|denoncer|signaler|victime*|peine|lutter|porter plainte|detecter|reconnaitre|amende",
       "comment|aide-moi|explique*|astuce*|moyen & contourner|eviter|echapper|passer sous|rester sous|rester en dessous|se soustraire & mise en concurrence|"
       "appel d'offres|commande publique|marches publics|le seuil|les seuils|la loi|controle fiscal|le controle|l'impot sans|la reglementation|la regle",
       "sans le declarer|sans la declarer|sans les declarer|sans rien declarer|au noir|au black & comment|je veux|embaucher|employer|payer|faire travailler - risque*|sanction*|"
       "denoncer|signaler|mon patron|mon employeur|ne m'a pas|victime",
       "tricher|mentir|gonfler|minorer|trafiquer|arranger & quotient*|revenus|declaration|caf|dossier|impots|ressources|factures|feuille d'heures|comptes - risque*|sanction*|"
       "denoncer|signaler",
       "redige*|ecris|ecrivez|fais|fabrique*|prepare*|genere|imite & faux|fausse|fausses - comment savoir|reconnaitre",
       "fractionner|saucissonner|decouper & achat*|marche|marches|commande* & seuil*|concurrence|appel",
       "favoriser|avantager|choisir d'avance|attribuer & ami|cousin|frere|entreprise de mon|copain|famille|beau-frere & marche|marches|logement|embauche|poste|subvention",
       "cachant|en cachant|cacher le vrai|masquer le|dissimulant & motif|raison|cause|licenc*|refus",
       "meme approximati*|approximatifs|a peu pres & article|articles|loi|lois|jurisprudence|reference*",
       "invente|inventez|inventer|imagine|imaginez & article|articles|loi|lois|jurisprudence|decret|arret|chiffre|chiffres|reference*|source*",
       "fabriquer & bombe|explosif*|arme|cocktail|drogue", "acheter|vendre & cocaine|heroine|cannabis|drogue - loi|sanction*|amende"});
}

void add_own_case(Rules& rules) {
  rules.add(
      Intent::own_case,
      {"mon dossier n|mon dossier numero|dossier numero|dossier n|ou en est mon|ou en est ma|ou en sont mes|ou en est notre|etat d'avancement de mon|avancement de ma|"
       "suite donnee a ma|mon dossier est-il|ma demande est-elle|ma demande a-t-elle",
       "ma demande|mon dossier|mon permis|ma declaration|mon inscription|notre dossier|notre demande|ma reclamation & accepte|acceptee|acceptes|valide|validee|traite|traitee|"
       "refuse par erreur|bien recu|bien recue|arrive|arrivee|pret|prete|perdu par & a-t|a|est-il|est-elle|est|avez-vous|quand - que faire|recours|que puis-je|comment|delai|"
       "peut|peut-on|combien de temps",
       "pouvez-vous annuler|pouvez-vous modifier|pouvez-vous valider|annulez mon|annulez ma|modifiez mon|validez mon|validez ma|inscrivez-moi|reservez-moi|prenez rendez-vous|"
       "rappelez-moi|envoyez-moi|accordez-moi|je veux parler a|parler a quelqu'un|parler a un humain|parler a un agent|parler a une personne|un conseiller humain",
       "dois-je divorcer|faut-il que je divorce|est-ce que je dois quitter|dois-je quitter mon mari|dois-je accepter le|dois-je porter plainte contre|que feriez-vous a ma place|"
       "que ferais-tu a ma place|quelle decision dois-je prendre|vaut-il mieux que je"});
}

void add_distress(Rules& rules) {
  rules.add(
      Intent::distress,
      {"je n'en peux plus|j'en peux plus|n'en peux plus|je craque|suis a bout|suis desespere*|suis perdue et|suis au bout du rouleau|je ne sais plus quoi faire|"
       "je sais plus quoi faire|plus la force|tout le monde s'en fiche|je pleure|suis completement perdu*|je me sens seul*|je me sens tres seul*|suis en detresse|en pleine depression",
       "plus rien a manger|rien a manger|plus d'argent pour manger|plus de quoi manger|nourrir mes enfants|expulse* demain|mis dehors demain|mise dehors demain|"
       "on me met dehors|coupe l'electricite demain"});
}

void add_local(Rules& rules) {
  rules.add(
      Intent::local,
      {"horaire|horaires|heures d'ouverture|heure d'ouverture|a quelle heure ouvre|a quelle heure ferme|quelle heure ouvre|quelle heure ferme|ouvre a quelle|ferme a quelle|"
       "est-elle ouverte|est-il ouvert|est ouverte|est ouvert|ouverte le|ouvert le & mairie|piscine|mediatheque|bibliotheque|decheterie|dechetterie|accueil|guichet|service|poste|"
       "gymnase|musee|ccas|cimetiere|marche|creche|centre|salle - bruit|travaux|tondeuse|bricolage|vote|bureau de vote|bureaux de vote",
       "quel jour|quels jours|a quelle heure|quand & poubelle*|bac|bacs|ordures|ramass*|collecte|encombrants|camion|tri|dechets verts|benne & passe|passent|ramasse|ramassent|"
       "ramassage|sortir|collecte|collectes|ma rue|mon quartier",
       "combien coute|quel est le prix|prix|tarif|tarifs|c'est combien & cantine|repas|piscine|salle des fetes|salle polyvalente|location de la salle|centre aere|garderie|"
       "creche|mediatheque|parking|stationnement|ecole de musique|bus & de l'ecole|de la commune|de notre|municipale|municipal|ici|chez nous|notre|de la mairie|communale|"
       "communal|du village|du centre",
       "prochain|prochaine|date & conseil municipal|reunion publique|fete du village|marche de noel|brocante du village|feu d'artifice|don du sang|forum des associations|"
       "vide-grenier de la commune|ceremonie & quand|date|quelle|aura|prochain|prochaine",
       "qui est|comment s'appelle|nom & le maire de|notre maire|le maire actuel|l'adjoint|l'adjointe|adjointe au|adjoint a|le secretaire|la secretaire de mairie|le directeur de l'ecole|"
       "la directrice de l'ecole|le garde champetre|conseillere municipale - peut|doit|competent*",
       "numero de telephone|telephone|adresse mail|adresse|e-mail|coordonnees|ou se trouve|ou est & mairie|service etat civil|service urbanisme|service technique*|services techniques|"
       "police municipale|ecole|creche|ccas|decheterie|dechetterie|mediatheque|salle des fetes|cimetiere|presbytere - justificatif|changement|carte|inscri*|ma nouvelle|mon adresse|"
       "bureau de vote|changer|inscription",
       "menu & cantine|ecole|midi|demain|semaine",
       "salle|salle des fetes|gymnase|court de tennis & libre|disponible|reserver|louer|reservation & le|pour|mon|notre|samedi",
       "lampadaire|nid de poule|nids de poule|trottoir|eclairage public|chaussee|fuite d'eau dans la rue|banc|panneau & repar*|casse|en panne|quand|eteint|eteints|signaler",
       "places|place & creche|ecole|cantine|centre aere|centre de loisirs & reste*|encore|disponible*|libre*|septembre|y a",
       "taux|taxe & de notre commune|de la commune|dans ma commune|chez nous|notre ville & cette annee|actuel|quel est",
       "combien d'habitants|nombre d'habitants|population & commune|village|ville|chez nous|notre",
       "ma rue|la rue|rue du|rue de|route de|chemin de & fermee|barree|travaux|circulation|deneige* & semaine|demain|quand|prochaine|jusqu'a",
       "mon terrain|ma parcelle|parcelle|terrain cadastre & constructible|zone|plu|classe|classee & est-il|est-elle|quelle|est - comment savoir|comment",
       "mediatheque|bibliotheque|piscine|ludotheque & prete|preter|emprunter|propose|proposent|cours|y a",
       "qui a gagne|resultat|resultats & elections|election|municipales & chez nous|commune|ici|village|dernieres"});
}

const std::vector<std::pair<Pattern, Intent>>& rules() {
  static const Rules kRules = [] {
    Rules rules;
    add_overrides(rules);
    add_personal_data(rules);
    add_illegal(rules);
    add_politics(rules);
    add_distress(rules);
    add_own_case(rules);
    add_local(rules);
    return rules;
  }();
  return kRules.list;
}

bool only_courtesy(const std::vector<std::string>& words) {
  static const Pattern kCourtesy("bonjour|bonsoir|salut|coucou|merci|merci beaucoup|au revoir|hello|bonne journee|ca va|ok|d'accord|test");
  return !words.empty() && words.size() <= 4 && kCourtesy.found(words) && std::all_of(words.begin(), words.end(), [](const std::string& word) {
    static const Pattern kEach(
        "bonjour|bonsoir|salut|coucou|merci|beaucoup|au|revoir|hello|bonne|journee|ca|va|ok|d'|accord|test|a|vous|tous|madame|monsieur|bien|et|tres");
    return kEach.found({word});
  });
}

// Marks of a conversation that someone wrote by hand: « </system> », « [INST] », « SYSTEME: ».
bool forges_a_conversation(std::string_view question) {
  std::string low;
  for (const char c : question) low.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  for (const std::string_view mark : {"<system", "</system", "<user>", "<assistant", "[inst", "[/inst", "<|im_", "<|sys", "### instruction",
                                      "### system", "system:", "systeme:", "système:", "assistant:", "system :", "<<sys"}) {
    if (low.find(mark) != std::string::npos) return true;
  }
  return false;
}

// Pieces of programs: commands, paths of a server, queries of a database.
bool is_program_text(std::string_view question) {
  std::string low;
  for (const char c : question) low.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  for (const std::string_view mark :
       {"select * from", "drop table", "insert into", "union select", "delete from", "/etc/", "passwd", "<script", "rm -rf", "sudo ",
        "curl http", "os.system", "import os", "eval(", "exec(", "{{", "${", "%0a", "../.."}) {
    if (low.find(mark) != std::string::npos) return true;
  }
  return false;
}

// « Refuse l'inscription de cet enfant car… »: an order, and a reason no decision may have.
bool orders_to_discriminate(const std::vector<std::string>& words) {
  static const Pattern kOrder(
      "refuse|refusez|rejette|rejetez|interdis|interdisez|expulse|expulsez|exclus|excluez|vire|virez|ecarte|ecartez");
  static const Pattern kReason("car|parce que|parce qu'|a cause de|puisque|vu que");
  return !words.empty() && kOrder.found({words.front()}) && kReason.found(words);
}

// « L'adresse de Mme Martin »: a title and a name that begins with a capital.
bool asks_about_someone_named(std::string_view question) {
  const auto tokens = text::tokens(question);
  static const Pattern kData(
      "adresse|telephone|numero|portable|mail|e-mail|age|salaire|revenus|date de naissance|dossier|situation|religion|maladie|dettes|casier|plainte|"
      "domicile|touche|percoit|habite|vit|gagne|paie|endette*|condamne*|malade|divorce|mariee|a-t-il|a-t-elle|est-il|est-elle");
  bool named = false;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const auto& word = tokens[i].folded;
    const bool title = word == "mme" || word == "madame" || word == "monsieur" || word == "mr" || word == "mlle" ||
                       (word == "m" && tokens[i + 1].folded == ".");
    if (!title) continue;
    const std::size_t next = tokens[i + 1].folded == "." ? i + 2 : i + 1;
    named = named || (next < tokens.size() && tokens[next].capital && tokens[next].folded != "le" && tokens[next].folded != "la");
  }
  return named && kData.found(pattern_words(question));
}

}  // namespace

std::optional<Intent> intent_by_rules(const std::vector<std::string>& words, std::string_view question) {
  if (only_courtesy(words)) return Intent::greeting;
  if (forges_a_conversation(question) || is_program_text(question)) return Intent::override_rules;
  if (orders_to_discriminate(words)) return Intent::illegal;
  if (asks_about_someone_named(question)) return Intent::personal_data;
  for (const auto& [pattern, intent] : rules()) {
    if (pattern.found(words)) return intent;
  }
  return std::nullopt;
}

}  // namespace beffroi::answers
