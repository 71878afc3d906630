// A rewording as JSON: whole, or in the parts that a stream sends. api/openapi.yaml describes it. And the words the program itself adds:
// the paragraph of a letter.
#pragma once

#include <string>

#include "answers/answer.h"
#include "answers/rewording.h"
#include "knowledge/corpus.h"

namespace beffroi::assistant {

struct RewordingReply {
  answers::Status status = answers::Status::error;  // of the answer that was reworded
  answers::Style style = answers::Style::plain;
  std::string model;
  answers::Rewording rewording;
};

[[nodiscard]] std::string to_json(const RewordingReply& reply, const knowledge::CorpusInfo& base);

// What is known before the first sentence, each sentence, then the rest.
[[nodiscard]] std::string rewording_beginning_json(const RewordingReply& reply);
[[nodiscard]] std::string reworded_sentence_json(const answers::Sentence& sentence);
[[nodiscard]] std::string rewording_rest_json(const RewordingReply& reply, const knowledge::CorpusInfo& base);

// « Voici ce qu’indique la fiche officielle « … », mise à jour le …: … »: the sentences in one paragraph, to be read again and signed by a
// person; when a model's words are in it, it ends by saying so. Empty without sentences.
[[nodiscard]] std::string letter_paragraph(const std::vector<answers::Sentence>& sentences, const std::string& model);

}  // namespace beffroi::assistant
