// One way to search a corpus: embeds the words when a model is there and the corpus has vectors, then searches.
#pragma once

#include <cstddef>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "knowledge/corpus.h"
#include "search/search.h"

namespace beffroi::llm {
class Embedder;
}

namespace beffroi::knowledge {

// The publications that say things, for every audience: fiches and questions. Folders, themes and forms only lead to them, and would take
// their places among the first results (measured on retrieval_cdtn/dev: two points of hit@5, four of nDCG@10).
[[nodiscard]] search::Filter publications_that_tell();

struct FindOptions {
  std::size_t limit = 10;                                     // publications, 1 to 100
  std::size_t passages_each = 3;
  search::Filter filter = publications_that_tell();           // the national base is public
};

// `embedder` may be null: words only. A model that fails is logged and the words are searched alone: Results::mode says which.
// Thread-safe. Faults: those of search::Searcher::search.
[[nodiscard]] Result<search::Results> find(const Corpus& corpus, llm::Embedder* embedder, const std::string& words,
                                           const FindOptions& options, const std::stop_token& stop = {});

}  // namespace beffroi::knowledge
