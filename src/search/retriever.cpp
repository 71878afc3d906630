#include "search/retriever.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/log.h"
#include "search/synonyms.h"
#include "text/utf8.h"

namespace beffroi::search {

namespace {

Status check_question(std::string_view text) {
  if (text.size() > kMaxQueryBytes) return fail(Code::too_large, "La question est trop longue : 2 000 octets au plus.");
  if (!text::is_valid_utf8(text)) return fail(Code::invalid_argument, "La question n’est pas du texte UTF-8 valide.");
  return {};
}

}  // namespace

Retriever::Retriever(IndexFile index)
    : index_(std::move(index)), reader_(index_, Synonyms::built_in()), lexical_(index_), graph_(index_), letters_(index_) {
  index_.release_pages();
}

Result<std::unique_ptr<Retriever>> Retriever::open(const std::filesystem::path& index, const std::filesystem::path& vectors) {
  IndexFile opened = BEFFROI_TRY(IndexFile::open(index));  // on its own line: a return from inside `new` would lose what it allocated
  std::unique_ptr<Retriever> retriever(new Retriever(std::move(opened)));
  if (vectors.empty()) return retriever;
  auto file = VectorsFile::open(vectors);
  if (!file) {
    if (file.error().code != Code::not_found) log::warn("search vectors unusable", {{"why", file.error().detail}});
    return retriever;
  }
  const bool same_corpus =
      file->info().generation == retriever->index_.generation && file->info().titles_hidden == retriever->index_.titles_hidden;
  if (same_corpus) retriever->vectors_ = std::make_unique<VectorIndex>(std::move(*file), retriever->index_);
  return retriever;
}

bool Retriever::has_vectors() const {
  if (!vectors_ || index_.publications.empty()) return false;
  return vectors_->publications().present() * 10 >= index_.publications.size() * 9;
}

const VectorSet* Retriever::passage_vectors() const {
  if (!has_vectors() || vectors_->passages().present() * 10 < index_.passages.size() * 9) return nullptr;
  return &vectors_->passages();
}

std::vector<std::uint8_t> Retriever::allowed(const Filter& filter) const {
  const auto names = [this](std::span<const Text> all, std::size_t at, const std::vector<std::string>& wanted) {
    return std::ranges::find(wanted, index_.text(all[at])) != wanted.end();
  };
  std::vector<std::uint8_t> kind_allowed(index_.kinds.size(), 0);
  for (std::size_t at = 0; at < kind_allowed.size(); ++at)
    kind_allowed[at] = filter.all_kinds || names(index_.kinds, at, filter.kinds) ? 1 : 0;
  std::uint64_t audiences = 0;
  for (std::size_t at = 0; at < index_.audiences.size(); ++at) {
    if (names(index_.audiences, at, filter.audiences)) audiences |= std::uint64_t{1} << at;
  }
  std::vector<std::uint8_t> out;
  out.reserve(index_.publications.size());
  for (const PublicationRecord& publication : index_.publications) {
    const bool audience_allowed = filter.all_audiences || (publication.audiences & audiences) != 0;
    out.push_back(kind_allowed[publication.kind] != 0 && audience_allowed ? 1 : 0);
  }
  return out;
}

Result<Retriever::Found> Retriever::find(std::string_view text, std::span<const float> vector, const Filter& filter,
                                         LexicalScores& scores) const {
  BEFFROI_CHECK(check_question(text));
  if (!has_vectors()) vector = {};
  const bool comparable = vector.empty() || (vector.size() == vectors_->info().dimensions &&
                                             std::ranges::all_of(vector, [](float x) { return std::isfinite(x); }));
  if (!comparable) return fail(Code::invalid_argument, "Le vecteur de la question ne vient pas du modèle de la base.");
  const std::vector<std::uint8_t> may_be_seen = allowed(filter);
  QueryTerms terms = reader_.read(text);
  lexical_.score(terms, may_be_seen, scores);
  const VectorSet* publications = vector.empty() ? nullptr : &vectors_->publications();
  const VectorSet* passages = vector.empty() ? nullptr : passage_vectors();
  Found found;
  found.evidence = gather_evidence(std::move(terms), scores, vector, {graph_, publications, may_be_seen});
  found.rows = compute_features(found.evidence, scores, {index_, reader_, letters_, publications, passages});
  return found;
}

}  // namespace beffroi::search
