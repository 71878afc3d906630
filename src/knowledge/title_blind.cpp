#include "knowledge/title_blind.h"

#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "db/database.h"
#include "knowledge/index.h"
#include "knowledge/store.h"
#include "knowledge/vector_filling.h"
#include "llm/embedder.h"

namespace beffroi::knowledge {

namespace fs = std::filesystem;

namespace {

// The publications of the corpus, found by another searcher.
class TitleBlindCorpus : public Corpus {
 public:
  TitleBlindCorpus(std::shared_ptr<const Corpus> corpus, std::unique_ptr<search::Searcher> searcher)
      : corpus_(std::move(corpus)), searcher_(std::move(searcher)) {}
  [[nodiscard]] const CorpusInfo& info() const override { return corpus_->info(); }
  [[nodiscard]] Result<Publication> publication(std::string_view id) const override { return corpus_->publication(id); }
  [[nodiscard]] Status for_each(const std::function<void(const Publication&)>& use) const override { return corpus_->for_each(use); }
  [[nodiscard]] const search::Searcher& searcher() const override { return *searcher_; }

 private:
  std::shared_ptr<const Corpus> corpus_;
  std::unique_ptr<search::Searcher> searcher_;
};

Status write_blind_index(const fs::path& folder, const fs::path& index, const std::string& generation) {
  const auto former = search::Searcher::open(index);
  if (former && (*former)->generation() == generation) return {};
  Store store = BEFFROI_TRY(Store::open(folder, db::Access::read_only));
  return write_index(store, index, {.generation = generation, .hide_titles = true});
}

}  // namespace

Result<std::shared_ptr<const Corpus>> open_title_blind(const fs::path& folder, llm::Embedder* embedder,
                                                       const std::function<void(std::int64_t, std::int64_t)>& progress) {
  std::shared_ptr<const Corpus> corpus = BEFFROI_TRY(Corpus::open(folder));
  const fs::path blind = folder / "blind";
  std::error_code fault;
  fs::create_directories(blind, fault);
  if (fault) return fail(Code::storage, fmt::format("Le dossier «\u00a0{}\u00a0» ne peut pas être créé.", blind.string()), fault.message());
  BEFFROI_CHECK(write_blind_index(folder, blind / kIndexFile, corpus->info().generation));
  if (embedder != nullptr) {
    // One vector a publication: passages would take hours and change the figures little.
    const VectorFilling filling{blind / kVectorsFile, true, true, progress, {}};
    BEFFROI_TRY(fill_vectors(*corpus, *embedder, filling, {}));
  }
  auto searcher = BEFFROI_TRY(search::Searcher::open(blind / kIndexFile, embedder != nullptr ? blind / kVectorsFile : fs::path()));
  return std::make_shared<TitleBlindCorpus>(std::move(corpus), std::move(searcher));
}

}  // namespace beffroi::knowledge
