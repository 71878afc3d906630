#include "usecases/assistant/pages.h"

#include <doctest/doctest.h>

#include "usecases/assistant/page_parts.h"

using namespace beffroi;
using namespace beffroi::assistant;

namespace {

constexpr const char* kHostile = R"(</title><script>alert("x")</script><img src=x onerror='alert(1)'>)";

PageContext context() {
  PageContext made;
  made.town_hall = {"Mairie d’Essai", "03 00 00 00 00", "1 place", "le matin", "https://exemple.fr"};
  made.base.name = "Vos droits et démarches";
  made.base.publisher = "DILA";
  made.base.licence = "Licence Ouverte 2.0";
  made.base.newest_date = "2020-11-12";
  made.base.notice = "réponse tirée de la base de novembre 2020.";
  made.around.skin = {"/assets/a.css", "/assets/a.js", "/assets/logo.svg"};
  made.around.menu = {{"/", "Poser une question"}, {"/recherche", "Chercher une fiche"}};
  return made;
}

answers::Sentence sentence(std::string text, const std::string& id, std::string section) {
  answers::Source source;
  source.publication_id = id;
  source.passage_id = id + "#p1";
  source.title = "Titre de " + id;
  source.section = std::move(section);
  source.date = "2019-08-01";
  source.link = "/fiches/" + id + "?passage=" + id + "%23p1&bloc=0&debut=0&fin=4#p1";
  source.conditions = {"Vous êtes majeur", "Première demande"};
  return {std::move(text), true, source};
}

AnswerPage answered() {
  AnswerPage page;
  page.question = "Combien coûte un passeport ?";
  page.answer.id = "abc";
  page.answer.status = answers::Status::answered;
  page.answer.message = "Voici ce que disent les fiches.";
  page.answer.sentences = {sentence("Il coûte 86 €.", "F1", "Coût"), sentence("Il faut une photo.", "F1", "Pièces"),
                           sentence("Sur rendez-vous.", "F2", "")};
  page.answer.base_notice = "Base de novembre 2020.";
  return page;
}

std::size_t count(const std::string& text, std::string_view word) {
  std::size_t found = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) ++found;
  return found;
}
bool has(const std::string& text, std::string_view word) { return text.find(word) != std::string::npos; }

}  // namespace

TEST_CASE("dates are written in French, and odd ones left alone") {
  CHECK(french_date("2020-11-12") == "12 novembre 2020");
  CHECK(french_date("2019-08-01") == "1er août 2019");
  for (const char* odd : {"", "hier", "2020-13-01", "2020-00-10", "2020/11/12", "2020-11-1x"}) CHECK(french_date(odd) == odd);
}

TEST_CASE("a telephone number is called with a finger, other words are not") {
  CHECK(telephone_digits("03 53 01 00 59") == "0353010059");
  CHECK(telephone_digits("03.53.01\u00a000\u00a059") == "0353010059");
  CHECK(telephone_digits("+33 3 53 01 00 59") == "+33353010059");
  CHECK(telephone_digits("39 39") == "3939");
  for (const char* other : {"", "59000", "1 place du Beffroi", "Cerfa n° 14011", "du lundi au vendredi"})
    CHECK(telephone_digits(other).empty());
}

TEST_CASE("every page is a whole French document with one title of first level and the notice about the base") {
  const PageContext with = context();
  AnswerPage answer = answered();
  for (const std::string& page : {render_home(with), render_answer(with, answer), render_search(with, {"carte", "", {}}),
                                  render_publication(with, {}, {}), render_accessibility(with), render_privacy(with), render_thanks(with),
                                  render_error(with, {404, "Page introuvable", "Rien ici."})}) {
    CHECK(page.starts_with("<!doctype html>\n<html lang=\"fr\">"));
    CHECK(count(page, "<h1") == 1);
    CHECK(count(page, "<main") == 1);
    CHECK(has(page, "base de novembre 2020"));
    CHECK(has(page, "Mairie d’Essai"));
    CHECK_FALSE(has(page, " style="));
    CHECK_FALSE(has(page, "onclick"));
  }
}

TEST_CASE("hostile words are shown, never run") {
  PageContext with = context();
  with.town_hall.name = with.base.notice = with.base.name = kHostile;
  AnswerPage answer = answered();
  answer.question = answer.answer.message = answer.answer.corrected = kHostile;
  answer.conditions = {kHostile};
  answer.answer.sentences[0].text = answer.answer.sentences[0].source.title = answer.answer.sentences[0].source.section = kHostile;
  answer.answer.sentences[0].source.link = "javascript:alert(1)";
  answer.answer.sentences[0].source.publication_id = kHostile;
  answer.answer.contacts = answer.answer.emergency = {{kHostile, kHostile, "javascript:alert(1)"}};
  answer.answer.precision = {kHostile, {{kHostile, kHostile}}};
  answer.answer_json = std::string("{\"m\":\"") + "</script><script>alert(1)" + "\"}";
  knowledge::Publication publication;
  publication.title = publication.date = publication.id = kHostile;
  publication.topic_path = {kHostile};
  publication.url = "javascript:alert(1)";
  publication.references = {{kHostile, "javascript:alert(1)"}};
  publication.related = {{kHostile, "javascript:alert(1)", ""}};
  knowledge::Passage passage;
  passage.id = "F1#\"><script>";
  passage.sections = passage.conditions = {kHostile};
  publication.passages = {passage};
  for (const std::string& page :
       {render_answer(with, answer), render_search(with, {kHostile, kHostile, {{kHostile, kHostile, kHostile, kHostile, kHostile}}}),
        render_publication(with, publication, answers::Highlight{kHostile, 3, 9, 2}), render_error(with, {500, kHostile, kHostile})}) {
    CHECK_FALSE(has(page, "<script>"));
    CHECK_FALSE(has(page, "<img src=x"));
    CHECK_FALSE(has(page, "javascript:"));
    CHECK(count(page, "</title>") == 1);
  }
}

TEST_CASE("an answer shows its sentences by source, each with its place, date, conditions and link") {
  const std::string page = render_answer(context(), answered());
  CHECK(count(page, "<article class=\"source\">") == 2);
  CHECK(count(page, "<blockquote") == 3);
  CHECK(has(page, "<p>Il coûte 86 €.</p>"));
  CHECK(has(page, "<dd>Vous êtes majeur › Première demande</dd>"));
  CHECK(has(page, "<time datetime=\"2019-08-01\">1er août 2019</time>"));
  CHECK(has(page, "href=\"/fiches/F1?passage=F1%23p1&amp;bloc=0&amp;debut=0&amp;fin=4#p1\""));
  CHECK(has(page, "extraits choisis par un programme"));
  CHECK(has(page, "Base de novembre 2020."));
}

TEST_CASE("each proof link says which sentence it checks") {
  AnswerPage page = answered();
  page.answer.sentences[0].text = "La déclaration de perte se fait au guichet de la mairie en même temps.";
  CHECK(has(render_answer(context(), page), "\u00a0: La déclaration de perte se fait au guichet de la…</span>"));
  CHECK(has(render_answer(context(), page), "\u00a0: Il faut une photo.</span>"));
}

TEST_CASE("emergency numbers come before the question and the answer") {
  AnswerPage page = answered();
  page.answer.emergency = {{"15 — Samu", "", ""}};
  const std::string html = render_answer(context(), page);
  CHECK(html.find("class=\"emergency\"") < html.find("<h1"));
  CHECK(has(html, "<a href=\"tel:15\">15 — Samu</a>"));
}

TEST_CASE("a choice keeps the question and the choices already made") {
  AnswerPage page = answered();
  page.answer.status = answers::Status::needs_precision;
  page.conditions = {"En France"};
  page.answer.precision = {"Êtes-vous majeur ?", {{"Vous êtes majeur", "majeur"}, {"Vous êtes mineur", "mineur"}}};
  const std::string html = render_answer(context(), page);
  CHECK(has(html, "<legend>Êtes-vous majeur ?</legend>"));
  CHECK(has(html, "<input type=\"hidden\" name=\"condition\" value=\"En France\">"));
  CHECK(has(html, "name=\"condition\" value=\"mineur\" required>"));
  CHECK(html.find("class=\"precision\"") < html.find("class=\"source\""));
  CHECK(has(html, "href=\"/?q=Combien%20co%C3%BBte%20un%20passeport%20%3F\">Retirer"));
}

TEST_CASE("no answer gives the place to ask and no provenance") {
  AnswerPage page;
  page.question = "Où est le trésor ?";
  page.answer.status = answers::Status::not_found;
  page.answer.contacts = {{"Mairie d’Essai", "03 00 00 00 00 — 1 place", ""}};
  const std::string html = render_answer(context(), page);
  CHECK(has(html, "data-status=\"not_found\">Pas de réponse</h2>"));
  CHECK(has(html, "Où s’adresser"));
  CHECK(has(html, "<p class=\"contact-detail\"><a href=\"tel:0300000000\">03 00 00 00 00</a></p><p class=\"contact-detail\">1 place</p>"));
  CHECK_FALSE(has(html, "choisis par un programme"));
}

TEST_CASE("a publication has its anchors, its contents and the highlighted sentence") {
  knowledge::Publication publication;
  publication.id = "F1";
  publication.title = "Passeport";
  publication.date = "2020-01-02";
  for (const char* section : {"Lieu", "Coût", "Délai"}) {
    knowledge::Passage passage;
    passage.id = "F1#p" + std::to_string(publication.passages.size());
    passage.sections = {section};
    passage.blocks.resize(1);
    passage.blocks[0].text = "Il coûte 86 €. Il faut payer.";
    publication.passages.push_back(passage);
  }
  const std::string html = render_publication(context(), publication, answers::Highlight{"F1#p1", 0, 0, 17});
  CHECK(has(html, "<a href=\"#p2\">Délai</a>"));
  CHECK(has(html, "id=\"p1\"><h2>Coût</h2><p><mark>Il coûte 86 €.</mark> Il faut payer.</p>"));
  CHECK(count(html, "<mark>") == 1);
}

TEST_CASE("the contents of a publication list its situations and, under them, their chapters") {
  knowledge::Publication publication;
  const auto add = [&](const char* section, const char* condition) {
    knowledge::Passage passage;
    passage.id = "F1#p" + std::to_string(publication.passages.size());
    passage.sections = {section};
    if (condition != nullptr) passage.conditions = {condition};
    publication.passages.push_back(passage);
  };
  for (const char* condition : {"En France", "À l’étranger"}) {
    for (const char* section : {"Lieu", "Coût"}) add(section, condition);
  }
  add("Définitions", nullptr);
  CHECK(has(render_publication(context(), publication, {}),
            "<ol><li><a href=\"#p0\">En France</a><ol><li><a href=\"#p0\">Lieu</a></li><li><a href=\"#p1\">Coût</a></li></ol></li>"
            "<li><a href=\"#p2\">À l’étranger</a><ol><li><a href=\"#p2\">Lieu</a></li><li><a href=\"#p3\">Coût</a></li></ol></li>"
            "<li><a href=\"#p4\">Définitions</a></li></ol>"));
}

TEST_CASE("without the embedded interface the pages are plain and ask for nothing") {
  PageContext plain = context();
  plain.around.skin = {};
  const std::string html = render_home(plain);
  CHECK_FALSE(has(html, "<link"));
  CHECK_FALSE(has(html, "<script"));
  CHECK_FALSE(has(html, "<img"));
}
