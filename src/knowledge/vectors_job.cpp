#include "knowledge/vectors_job.h"

#include <algorithm>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/log.h"
#include "knowledge/store.h"
#include "knowledge/vector_filling.h"
#include "knowledge/vector_texts.h"
#include "llm/embedder.h"
#include "search/vectors.h"

namespace beffroi::knowledge {

namespace {

constexpr std::size_t kBatch = 8;        // texts between two looks at the stop token
constexpr std::size_t kSyncEvery = 256;  // vectors that a power cut may cost

// What is to be embedded, without the texts: they are read again when their turn comes, so the server stays small.
struct Entry {
  std::string id;                 // of the publication or of the passage
  std::uint64_t fingerprint = 0;
  std::uint32_t publication = 0;  // its place in Plan::publications
};

struct Plan {
  std::vector<std::string> publications;
  std::vector<Entry> titles;
  std::vector<Entry> passages;
};

// What people ask for first: fiches and questions, then the folders, the forms, and what was withdrawn.
int turn_of(const Publication& publication) {
  if (publication.withdrawn) return 3;
  if (publication.kind == "fiche" || publication.kind == "question") return 0;
  return publication.kind == "dossier" || publication.kind == "theme" ? 1 : 2;
}

Result<Plan> plan_of(const Corpus& corpus, const VectorFilling& filling) {
  struct Turn {
    int turn;
    Plan one;
  };
  std::vector<Turn> turns;
  BEFFROI_CHECK(corpus.for_each([&](const Publication& publication) {
    Turn turn{turn_of(publication), {{publication.id}, {}, {}}};
    turn.one.titles.push_back({publication.id, fingerprint_of(title_text(publication, filling.titles_hidden)), 0});
    for (const Passage& passage : publication.passages) {
      const std::string text = filling.titles_only ? std::string() : passage_text(publication, passage, filling.titles_hidden);
      if (!text.empty()) turn.one.passages.push_back({passage.id, fingerprint_of(text), 0});
    }
    turns.push_back(std::move(turn));
  }));
  std::stable_sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) { return a.turn < b.turn; });
  Plan plan;
  for (Turn& turn : turns) {
    const auto place = static_cast<std::uint32_t>(plan.publications.size());
    plan.publications.push_back(std::move(turn.one.publications.front()));
    for (Entry& entry : turn.one.titles) plan.titles.push_back({std::move(entry.id), entry.fingerprint, place});
    for (Entry& entry : turn.one.passages) plan.passages.push_back({std::move(entry.id), entry.fingerprint, place});
  }
  return plan;
}

class Filler {
 public:
  Filler(const Corpus& corpus, llm::Embedder& embedder, const VectorFilling& filling, const std::stop_token& stop)
      : corpus_(corpus), embedder_(embedder), filling_(filling), stop_(stop) {}

  Result<VectorsReport> run(search::VectorsWriter& writer, const Plan& plan) {
    total_ = static_cast<std::int64_t>(plan.titles.size() + plan.passages.size());
    done_ = static_cast<std::int64_t>(writer.size());
    const auto before = computed_;
    BEFFROI_CHECK(fill(writer, plan, plan.titles));
    BEFFROI_CHECK(writer.sync());
    if (computed_ > before && filling_.on_titles_done) filling_.on_titles_done();
    BEFFROI_CHECK(fill(writer, plan, plan.passages));
    BEFFROI_CHECK(writer.sync());
    return VectorsReport{computed_, static_cast<std::int64_t>(writer.size())};
  }

 private:
  Status fill(search::VectorsWriter& writer, const Plan& plan, const std::vector<Entry>& entries) {
    std::vector<const Entry*> batch;
    for (const Entry& entry : entries) {
      if (writer.contains(entry.id)) continue;
      batch.push_back(&entry);
      if (batch.size() < kBatch) continue;
      BEFFROI_CHECK(embed(writer, plan, batch));
      batch.clear();
    }
    return batch.empty() ? Status{} : embed(writer, plan, batch);
  }

  Status embed(search::VectorsWriter& writer, const Plan& plan, const std::vector<const Entry*>& batch) {
    if (stop_.stop_requested()) {
      BEFFROI_CHECK(writer.sync());
      return fail(Code::cancelled, "Le calcul des vecteurs a été interrompu\u00a0; ce qui est fait est gardé.");
    }
    std::vector<std::string> texts;
    for (const Entry* entry : batch) texts.push_back(BEFFROI_TRY(text_of(plan.publications[entry->publication], entry->id)));
    const auto vectors = BEFFROI_TRY(embedder_.embed_passages(texts, stop_));
    for (std::size_t i = 0; i < batch.size(); ++i) BEFFROI_CHECK(writer.append(batch[i]->id, batch[i]->fingerprint, vectors[i]));
    computed_ += static_cast<std::int64_t>(batch.size());
    done_ += static_cast<std::int64_t>(batch.size());
    unsynced_ += batch.size();
    if (unsynced_ >= kSyncEvery) {
      BEFFROI_CHECK(writer.sync());
      unsynced_ = 0;
    }
    if (filling_.progress) filling_.progress(done_, total_);
    return {};
  }

  Result<std::string> text_of(const std::string& publication_id, const std::string& id) {
    if (at_hand_.id != publication_id) at_hand_ = BEFFROI_TRY(corpus_.publication(publication_id));
    if (id == publication_id) return title_text(at_hand_, filling_.titles_hidden);
    for (const Passage& passage : at_hand_.passages) {
      if (passage.id == id) return passage_text(at_hand_, passage, filling_.titles_hidden);
    }
    return fail(Code::internal, "Un passage de la base a disparu pendant le calcul des vecteurs.", id);
  }

  const Corpus& corpus_;
  llm::Embedder& embedder_;
  const VectorFilling& filling_;
  const std::stop_token& stop_;
  Publication at_hand_;  // passages of one publication come together
  std::int64_t computed_ = 0;
  std::int64_t done_ = 0;
  std::int64_t total_ = 0;
  std::size_t unsynced_ = 0;
};

}  // namespace

Result<VectorsReport> fill_vectors(const Corpus& corpus, llm::Embedder& embedder, const VectorFilling& filling,
                                   const std::stop_token& stop) {
  const Plan plan = BEFFROI_TRY(plan_of(corpus, filling));
  std::unordered_map<std::string_view, std::uint64_t> wanted;
  for (const auto* entries : {&plan.titles, &plan.passages}) {
    for (const Entry& entry : *entries) wanted.emplace(entry.id, entry.fingerprint);
  }
  const auto still_holds = [&](std::string_view id, std::uint64_t fingerprint) {
    const auto found = wanted.find(id);
    return found != wanted.end() && found->second == fingerprint;
  };
  search::VectorsInfo info;
  info.generation = corpus.info().generation;
  info.model = embedder.model_id();
  info.dimensions = static_cast<std::uint32_t>(embedder.dimension());
  info.titles_hidden = filling.titles_hidden;
  search::VectorsWriter writer = BEFFROI_TRY(search::VectorsWriter::open(filling.file, info, still_holds));
  return Filler(corpus, embedder, filling, stop).run(writer, plan);
}

Result<VectorsReport> compute_vectors(const Corpus& corpus, llm::Embedder& embedder, const VectorsJob& job, const std::stop_token& stop) {
  VectorFilling filling;
  filling.file = job.folder / kVectorsFile;
  filling.titles_only = job.titles_only;
  filling.progress = job.progress;
  filling.on_titles_done = job.on_titles_done;
  return fill_vectors(corpus, embedder, filling, stop);
}

}  // namespace beffroi::knowledge
