// The answer as JSON: one encoding for the API, its stream of events, the page and the command line. api/openapi.yaml describes it.
#pragma once

#include <string>

#include "answers/answer.h"
#include "json/writer.h"
#include "knowledge/corpus.h"

namespace beffroi::assistant {

// The whole answer; with `base`, what every reply says about the base it stands on.
[[nodiscard]] std::string to_json(const answers::Answer& answer, const knowledge::CorpusInfo* base = nullptr);

// The parts that a stream sends as events: what is known first, then each sentence, then the rest.
[[nodiscard]] std::string status_json(const answers::Answer& answer);
[[nodiscard]] std::string sentence_json(const answers::Sentence& sentence);
[[nodiscard]] std::string rest_json(const answers::Answer& answer, const knowledge::CorpusInfo& base);

// "source": {publication_id…} inside an object that is open.
void write_source(json::Writer& out, const answers::Source& source);

// "base": {name, newest_date, notice…} inside an object that is open.
void write_base(json::Writer& out, const knowledge::CorpusInfo& base);

}  // namespace beffroi::assistant
