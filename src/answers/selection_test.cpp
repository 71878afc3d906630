#include "answers/selection.h"

#include <doctest/doctest.h>

#include "answers/conditions.h"
#include "answers/highlight.h"

using namespace beffroi::answers;
using beffroi::knowledge::Block;
using beffroi::knowledge::BlockKind;
using beffroi::knowledge::Passage;
using beffroi::knowledge::Publication;

namespace {

Block block(BlockKind kind, std::string text) {
  Block out;
  out.kind = kind;
  out.text = std::move(text);
  return out;
}

struct Bench {
  std::vector<Found> found;
  std::vector<Extract> pool;
  std::vector<double> probabilities;

  explicit Bench(std::vector<Passage> passages) {
    Publication publication;
    publication.id = "F1";
    publication.title = "Passeport";
    publication.date = "2020-01-01";
    publication.passages = std::move(passages);
    Found one;
    one.hit.publication_id = "F1";
    for (const auto& passage : publication.passages) one.hit.passages.push_back({passage.id, 1.0});
    one.publication = std::make_shared<const Publication>(std::move(publication));
    found.push_back(std::move(one));
    pool = extracts_of(found);
    probabilities.assign(pool.size(), 0.01);
  }
  void likes(std::string_view part, double probability) {
    for (std::size_t i = 0; i < pool.size(); ++i) {
      if (pool[i].text.find(part) != std::string_view::npos) probabilities[i] = probability;
    }
  }
  Selection ask(std::string_view question, std::vector<std::string> conditions = {}) {
    const Reading reading = read_question(question);
    return select({question, &reading, conditions}, pool, probabilities);
  }
  std::vector<std::string> texts(const Selection& selection) const {
    std::vector<std::string> out;
    for (const auto at : selection.shown) out.emplace_back(pool[at].text);
    return out;
  }
};

Passage passage(std::string id, std::vector<std::string> conditions, std::vector<Block> blocks) {
  Passage out;
  out.id = std::move(id);
  out.sections = {"Coût"};
  out.conditions = std::move(conditions);
  out.blocks = std::move(blocks);
  return out;
}

}  // namespace

TEST_CASE("a list keeps its lead-in, and the warning after a rule travels with it") {
  Bench bench(
      {passage("F1#p0", {},
               {block(BlockKind::paragraph, "Il faut fournir les documents suivants :"), block(BlockKind::list_item, "Ancien passeport"),
                block(BlockKind::list_item, "Photo récente"), block(BlockKind::warning, "Attention : la photo doit avoir moins de 6 mois."),
                block(BlockKind::paragraph, "Le délai varie selon les lieux.")})});
  bench.likes("Photo récente", 0.9);
  const auto shown = bench.texts(bench.ask("quels documents pour un passeport ?"));
  CHECK(shown == std::vector<std::string>{"Il faut fournir les documents suivants :", "Ancien passeport", "Photo récente",
                                          "Attention : la photo doit avoir moins de 6 mois."});
}

TEST_CASE("an exception is never left behind, nor shown without its rule") {
  Bench bench({passage("F1#p0", {},
                       {block(BlockKind::paragraph,
                              "Le passeport est remis en mairie. Toutefois, il peut être remis au consulat. Le reste est ailleurs.")})});
  bench.likes("remis en mairie", 0.9);
  CHECK(bench.texts(bench.ask("où est remis le passeport ?")) ==
        std::vector<std::string>{"Le passeport est remis en mairie.", "Toutefois, il peut être remis au consulat."});
  bench.likes("remis en mairie", 0.01);
  bench.likes("consulat", 0.9);
  CHECK(bench.texts(bench.ask("consulat ?")).front() == "Le passeport est remis en mairie.");
}

TEST_CASE("cases that say otherwise become a question; a choice or the question's own words settle it") {
  Bench bench({passage("F1#p0", {}, {block(BlockKind::paragraph, "Le prix dépend de l'âge du demandeur.")}),
               passage("F1#p1", {"À partir de 18 ans"}, {block(BlockKind::paragraph, "Le passeport coûte 86 €.")}),
               passage("F1#p2", {"Entre 15 et 17 ans"}, {block(BlockKind::paragraph, "Le passeport coûte 42 €.")}),
               passage("F1#p3", {"Avant 15 ans"}, {block(BlockKind::paragraph, "Le passeport coûte 17 €.")})});
  bench.likes("coûte", 0.8);
  bench.likes("dépend", 0.3);
  const auto open = bench.ask("combien coûte un passeport ?");
  CHECK(open.undecided);
  REQUIRE(open.precision.choices.size() == 3);
  CHECK(open.precision.choices[1].label == "Entre 15 et 17 ans");
  CHECK(bench.texts(open) == std::vector<std::string>{"Le prix dépend de l'âge du demandeur."});

  const auto told = bench.ask("combien coûte un passeport pour mon fils de 16 ans ?");
  CHECK_FALSE(told.undecided);
  CHECK(bench.pool[told.best_index].text == "Le passeport coûte 42 €.");

  const auto chosen = bench.ask("combien coûte un passeport ?", {"Avant 15 ans"});
  CHECK_FALSE(chosen.undecided);
  CHECK(bench.pool[chosen.best_index].text == "Le passeport coûte 17 €.");
}

TEST_CASE("the usual case is answered, and the others can still be chosen") {
  Bench bench({passage("F1#p1", {"En France"}, {block(BlockKind::paragraph, "Le délai est de 3 semaines.")}),
               passage("F1#p2", {"À l'étranger"}, {block(BlockKind::paragraph, "Le délai est de 2 mois.")})});
  bench.likes("délai", 0.8);
  const auto usual = bench.ask("quel délai pour un passeport ?");
  CHECK_FALSE(usual.undecided);
  CHECK(bench.texts(usual) == std::vector<std::string>{"Le délai est de 3 semaines."});
  CHECK(usual.precision.choices.size() == 2);
  CHECK(bench.texts(bench.ask("quel délai pour un passeport à l'étranger ?")) == std::vector<std::string>{"Le délai est de 2 mois."});
}

TEST_CASE("questions asked to the reader are in plain French") {
  CHECK(precision_among({"Vous êtes majeur", "Vous êtes mineur"}).question == "Êtes-vous majeur ?");
  CHECK(precision_among({"Vous avez un passeport", "Vous n'avez pas de passeport"}).question == "Dans quel cas êtes-vous ?");
  CHECK(precision_among({"En Guadeloupe", "À Mayotte"}).question == "Où se passe la démarche ?");
}

TEST_CASE("a link leads to the sentence, and a forged place is refused") {
  Passage place = passage("F1#p7", {}, {block(BlockKind::paragraph, "Été : fermé.")});
  CHECK(link_to("F1", {"F1#p7", 0, 0, 5}) == "/fiches/F1?passage=F1%23p7&bloc=0&debut=0&fin=5#p7");
  CHECK(link_to("F1", {}) == "/fiches/F1");
  CHECK(checked({"F1#p7", 0, 0, 5}, place));
  CHECK_FALSE(checked({"F1#p7", 0, 1, 5}, place));   // inside a character
  CHECK_FALSE(checked({"F1#p7", 1, 0, 5}, place));
  CHECK_FALSE(checked({"F1#p7", 0, 5, 5}, place));
  CHECK_FALSE(checked({"F1#p7", 0, 0, 500}, place));
  CHECK_FALSE(checked({"F1#p8", 0, 0, 5}, place));
}
