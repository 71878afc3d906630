// The floors of the gate on the development halves (docs/privacy.md). Other halves are kept for acceptance.
#include <doctest/doctest.h>
#include <fmt/core.h>

#include "base/files.h"
#include "base/testing.h"
#include "privacy/evaluation.h"

using namespace beffroi;
using namespace beffroi::privacy;

namespace {

// The figures of one file; nothing when the data sets are not there.
bool measure(const char* file, Figures& figures) {
  const auto path = testing::data_folder() / "pii" / file;
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: no data set at " << path.string());
    return false;
  }
  const auto content = read_file(path);
  REQUIRE(content);
  const auto texts = read_labelled(*content);
  REQUIRE(texts);
  for (const LabelledText& labelled : *texts) {
    const auto spans = detect(labelled.text);
    REQUIRE(spans);
    tally(labelled, in_code_points(labelled.text, *spans), figures);
  }
  return true;
}

}  // namespace

TEST_CASE("the tally counts whole entities, what is over-masked, and what must not be touched") {
  LabelledText labelled;
  labelled.text = "Zoé Guérin au 12, école Ferry";
  labelled.entities = {{0, 10, "PERSON"}};
  labelled.negatives = {{24, 29, "NEG_PLACE"}};
  Figures figures;
  tally(labelled, {{0, 3, Label::person}, {24, 29, Label::person}}, figures);
  CHECK(figures.by_label["PERSON"].leaked == 1);  // the surname is left
  CHECK(figures.negatives.leaked == 1);
  CHECK(figures.outside == 14);
  CHECK(figures.outside_masked == 5);
}

TEST_CASE("municipal letters: identifiers 0 %, persons 5 %, over-mask 2 %, hard negatives 1 %") {
  Figures figures;
  if (!measure("commune_synthetique.dev.jsonl", figures)) return;
  CHECK(figures.of({"NIR", "IBAN", "PHONE", "EMAIL", "PLATE", "DOB", "ID"}).leaked == 0);
  CHECK(figures.of({"PERSON"}).share() <= 0.05);
  CHECK(figures.of({"ADDRESS", "CITY"}).share() <= 0.01);
  CHECK(figures.over_mask() <= 0.02);
  CHECK(figures.negatives.share() <= 0.01);
}

TEST_CASE("judgments of the European court: persons 12 %") {
  for (const char* file : {"echr.dev.jsonl", "echr.train.jsonl"}) {
    Figures figures;
    if (!measure(file, figures)) return;
    CHECK(figures.of({"PER", "LEGAL_PROFESSIONAL"}).share() <= 0.12);
  }
}

TEST_CASE("clinical letters and interviews: persons") {
  Figures letters;
  if (measure("eds_templates.dev.jsonl", letters)) CHECK(letters.of({"NOM", "PRENOM"}).share() <= 0.10);
  Figures interviews;
  if (measure("rgpd.dev.jsonl", interviews)) CHECK(interviews.of({"PERSON"}).share() <= 0.03);
}
