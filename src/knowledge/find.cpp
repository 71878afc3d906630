#include "knowledge/find.h"

#include <vector>

#include "base/log.h"
#include "llm/embedder.h"
#include "text/utf8.h"

namespace beffroi::knowledge {

search::Filter publications_that_tell() {
  search::Filter filter;
  filter.kinds = {"fiche", "question"};
  filter.all_audiences = true;
  return filter;
}

Result<search::Results> find(const Corpus& corpus, llm::Embedder* embedder, const std::string& words, const FindOptions& options,
                             const std::stop_token& stop) {
  std::vector<float> vector;
  // Words that cannot be searched are not embedded either: the search below says why.
  const bool readable = words.size() <= search::kMaxQueryBytes && text::is_valid_utf8(words);
  if (readable && embedder != nullptr && corpus.searcher().has_vectors()) {
    Result<std::vector<float>> embedded = embedder->embed_query(corpus.searcher().understood(words), stop);
    if (embedded) vector = std::move(*embedded);
    else log::warn("embedding_failed", {{"code", std::string(name_of(embedded.error().code))}, {"detail", embedded.error().detail}});
  }
  search::Query query;
  query.text = words;
  query.vector = vector;
  query.filter = options.filter;
  query.limit = options.limit;
  query.passages_each = options.passages_each;
  return corpus.searcher().search(query);
}

}  // namespace beffroi::knowledge
