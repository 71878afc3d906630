#include "knowledge/convert.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "knowledge/body.h"
#include "knowledge/lines.h"
#include "knowledge/services.h"

namespace beffroi::knowledge {

namespace {

std::string kind_of(const Element& root) {
  const std::string_view type = root.attribute("type");
  if (root.name == "ServiceComplementaire") return "ressource";
  if (type.find("Question-réponse") != std::string_view::npos) return "question";
  if (type == "Theme" || type == "Thème") return "theme";
  if (type.find("ossier") != std::string_view::npos) return "dossier";
  return "fiche";
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The base marks the titles of its guided searches for its own editors: « **Carte d'identité ».
std::string without_marks(std::string title) {
  title.erase(0, std::min(title.find_first_not_of("* "), title.size()));
  return title;
}

// « modified 2019-08-28 », « 2019-08-28T00:00:00 » → "2019-08-28"; empty when there is no day in it.
std::string day_in(std::string_view text) {
  for (std::size_t at = 0; at + 10 <= text.size(); ++at) {
    const std::string_view day = text.substr(at, 10);
    bool fits = true;
    for (std::size_t i = 0; i < day.size(); ++i) fits = fits && (i == 4 || i == 7 ? day[i] == '-' : is_digit(day[i]));
    if (fits) return std::string(day);
  }
  return {};
}

void add_topic(std::vector<std::string>& path, std::string topic) {
  if (!topic.empty() && std::find(path.begin(), path.end(), topic) == path.end()) path.push_back(std::move(topic));
}

// Theme › sub-theme › folder › part of the folder. What the elements do not tell, the trail of the page does.
std::vector<std::string> topic_path_of(const Element& root) {
  std::vector<std::string> path;
  if (const Element* theme = root.child("Theme")) add_topic(path, words_of_child(*theme, "Titre"));
  add_topic(path, words_of_child(root, "SousThemePere"));
  const Element* trail = root.child("FilDAriane");
  if (trail != nullptr && root.name != "ServiceComplementaire") {
    for (const Element& level : *trail) {
      const std::string_view id = level.attribute("ID");
      if (is_publication_id(id) && id != root.attribute("ID")) add_topic(path, words_under(level));
    }
  }
  if (const Element* folder = root.child("DossierPere")) add_topic(path, words_of_child(*folder, "Titre"));
  add_topic(path, words_of_child(root, "SousDossierPere"));
  return path;
}

void append_unique(std::vector<std::string>& list, std::string value) {
  if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

// Reads the children of the root one by one into their place of the publication.
class Converter {
 public:
  Converter(const Element& root, Publication& publication) : root_(root), out_(publication) {}

  void run() {
    read_first_passage();
    for (const Element& child : root_) read(child);
    read_external_links();
    if (body_.empty()) {
      Block block;
      block.text = out_.description;
      body_.add(std::move(block), {});
    }
    body_.close();
    for (Block& definition : definitions_) body_.add(std::move(definition), {{"Définitions"}, {}});
    out_.passages = std::move(body_).take(out_.id);
  }

 private:
  // What must be known before reading anything else, then the introduction, wherever the file puts them.
  void read_first_passage() {
    for (const Element& child : root_) {
      if (child.name == "Avertissement") body_.read_element(child, {});
    }
    for (const Element& child : root_) {
      if (child.name == "Introduction") body_.read_element(child, {});
    }
    body_.close();
  }

  void read(const Element& child) {
    if (child.is_text() || child.name.starts_with("dc:") || is_metadata(child.name)) return;
    if (is_contact(child)) return add(out_.contacts, contact_block(child));
    if (is_service(child)) {
      const std::string title = child.name == "LienWeb" ? out_.title : std::string();
      for (Block& block : service_blocks(child, title)) add(out_.services, std::move(block));
      return;
    }
    if (child.name == "Reference") return read_reference(child);
    if (child.name == "Definition" || child.name == "Abreviation") return read_definition(child);
    if (read_related(child) || read_contents(child)) return;
    body_.read_element(child, {});
    // Introduction, text and situations are said one after the other: never in one passage.
    body_.close();
  }

  static bool is_metadata(std::string_view name) {
    static constexpr std::array<std::string_view, 16> kMetadata = {
        "Titre",      "SurTitre",        "Audience", "Canal",       "FilDAriane",  "Theme",         "SousThemePere",       "DossierPere",
        "PivotLocal", "SousDossierPere", "Cible",    "AutreNumero", "NumeroCerfa", "Avertissement", "LienExterneCommente", "Introduction"};
    return std::find(kMetadata.begin(), kMetadata.end(), name) != kMetadata.end();
  }

  static void add(std::vector<Block>& blocks, Block block) {
    if (!block.text.empty()) blocks.push_back(std::move(block));
  }

  void read_reference(const Element& element) {
    Reference reference;
    reference.title = words_of_child(element, "Titre");
    if (reference.title.empty()) reference.title = words_under(element);
    else if (const std::string more = words_of_child(element, "Complement"); !more.empty()) reference.title += " : " + more;
    reference.url = element.attribute("URL");
    if (!reference.title.empty()) out_.references.push_back(std::move(reference));
  }

  void read_definition(const Element& element) {
    Block block;
    block.kind = BlockKind::definition;
    for (const Element& child : element) {
      if (child.name == "Reference") read_reference(child);
      else if (child.name != "Titre") append_line(block, lines_under(child));
    }
    const std::string term = words_of_child(element, "Titre");
    if (!term.empty()) block.text.insert(0, block.text.empty() ? term : term + " : ");
    if (!block.text.empty()) definitions_.push_back(std::move(block));
  }

  void relate(const Element& element, std::string label) {
    label = without_marks(std::move(label));
    const std::string_view id = element.attribute("ID");
    Link link{std::move(label), std::string(element.attribute("URL")), is_publication_id(id) ? std::string(id) : std::string()};
    if (!link.url.empty()) link.target.clear();  // an outside page has an R number too
    if (!link.label.empty() && (!link.url.empty() || !link.target.empty())) out_.related.push_back(std::move(link));
  }

  bool read_related(const Element& element) {
    if (element.name == "VoirAussi") {
      for (const Element& child : element) relate(child, title_or_words(child));
      return true;
    }
    static constexpr std::array<std::string_view, 8> kRelated = {"QuestionReponse", "CommentFaireSi",           "PourEnSavoirPlus",
                                                                 "FicheLiee",       "RechercheGuidee",          "Partenaire",
                                                                 "Actualite",       "InformationComplementaire"};
    if (std::find(kRelated.begin(), kRelated.end(), element.name) == kRelated.end()) {
      // The folders of a resource say where it is used; those of a theme are its content.
      if (element.name != "Dossier" || root_.name != "ServiceComplementaire") return false;
    }
    relate(element, title_or_words(element));
    return true;
  }

  static std::string title_or_words(const Element& element) {
    return element.child("Titre") != nullptr ? words_of_child(element, "Titre") : words_under(element);
  }

  // What a theme or a folder holds: a list of links, under the title of each part.
  bool read_contents(const Element& element) {
    const bool part = element.name == "SousDossier" || element.name == "SousTheme";
    if (!part && element.name != "Fiche" && element.name != "Dossier") return false;
    if (!part) {
      add_entry(element, {});
      return true;
    }
    const Place place{{words_of_child(element, "Titre")}, {}};
    body_.close();
    for (const Element& child : element) {
      if (!child.is_text() && child.name != "Titre") add_entry(child, place);
    }
    body_.close();
    return true;
  }

  void add_entry(const Element& element, const Place& place) {
    Block block;
    block.kind = BlockKind::list_item;
    block.text = title_or_words(element);
    block.links.push_back({block.text, {}, std::string(element.attribute("ID"))});
    body_.add(std::move(block), place);
  }

  // Fiches made of links: the comment, then the link and who keeps the page.
  void read_external_links() {
    for (const Element& child : root_) {
      if (child.name != "LienExterneCommente") continue;
      body_.close();
      for (const Element& part : child) {
        if (part.name == "Commentaire") {
          body_.read(part, {});
          continue;
        }
        if (part.name != "LienExterne") continue;
        Block block;
        block.kind = BlockKind::list_item;
        block.text = words_under(part);
        block.links.push_back({block.text, std::string(part.attribute("URL")), {}});
        append_line(block, {words_of_child(child, "Source"), {}});
        body_.add(std::move(block), {});
      }
    }
  }

  const Element& root_;
  Publication& out_;
  Body body_;
  std::vector<Block> definitions_;
};

void read_form_numbers(const Element& root, Publication& publication) {
  for (const Element& child : root) {
    if (child.name == "NumeroCerfa") append_unique(publication.other_titles, "Cerfa n° " + words_under(child));
    if (child.name == "AutreNumero") append_unique(publication.other_titles, "Autre numéro : " + words_under(child));
  }
}

// A chapter may bear a second title, said as the reader would: « Service civique », « Vous partez en service civique ».
void read_other_titles(const Element& element, Publication& publication) {
  for (const Element& child : element) {
    if (child.name == "TitreAlternatif") {
      std::string other = words_under(child);
      if (other != words_of_child(element, "Titre")) append_unique(publication.other_titles, std::move(other));
    } else {
      read_other_titles(child, publication);
    }
  }
}

}  // namespace

Result<Publication> convert(const Element& root) {
  if (root.name != "Publication" && root.name != "ServiceComplementaire") {
    return fail(Code::bad_input, fmt::format("Ce n’est pas une publication mais un élément «\u00a0{}\u00a0».", root.name.substr(0, 60)));
  }
  Publication publication;
  publication.id = root.attribute("ID");
  if (publication.id.empty()) publication.id = words_of_child(root, "dc:identifier");
  if (!is_publication_id(publication.id))
    return fail(Code::bad_input, "L’identifiant de la publication manque ou n’est pas de la forme F123.");
  publication.kind = kind_of(root);
  publication.title = without_marks(words_of_child(root, "dc:title"));
  if (publication.title.empty()) return fail(Code::bad_input, "Le titre de la publication manque.");
  publication.date = day_in(words_of_child(root, "dc:date"));
  if (publication.date.empty()) publication.date = day_in(root.attribute("dateDerniereModificationImportante"));
  if (publication.date.empty()) return fail(Code::bad_input, "La date de la publication manque.");
  publication.over_title = words_of_child(root, "SurTitre");
  publication.description = words_of_child(root, "dc:description");
  publication.subject = words_of_child(root, "dc:subject");
  publication.url = root.attribute("spUrl");
  publication.topic_path = topic_path_of(root);
  for (const Element& child : root) {
    if (child.name == "Audience") append_unique(publication.audiences, words_under(child));
  }
  read_form_numbers(root, publication);
  read_other_titles(root, publication);
  Converter(root, publication).run();
  return publication;
}

}  // namespace beffroi::knowledge
