#include "answers/offer_file.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <optional>
#include <utility>

#include "answers/answer_parts.h"
#include "answers/offer.h"
#include "json/writer.h"
#include "llm/sentence_chooser.h"

namespace beffroi::answers {
namespace {

bool is_right(const Labelled& question, const Extract& extract) {
  const auto& homes = question.publications;
  if (std::find(homes.begin(), homes.end(), extract.found->publication->id) == homes.end()) return false;
  return supports(extract.text, question.support);
}

llm::ChoosingRequest request_of(const std::string& question, const std::vector<Window>& windows, const Scoring& scoring) {
  llm::ChoosingRequest request;
  request.question = question;
  request.place.priority = llm::Priority::batch;
  request.place.deadline = std::chrono::minutes(10);
  for (const Window& window : windows) {
    llm::LetteredPassage passage{window.heading, {}};
    for (const std::size_t at : window.extracts) passage.sentences.emplace_back(scoring.pool[at].text);
    request.passages.push_back(std::move(passage));
  }
  return request;
}

std::string line_of(const Labelled& question, const std::vector<Window>& windows, const Scoring& scoring,
                    const std::optional<llm::Choosing>& chosen) {
  json::Writer out;
  out.begin_object().field("id", question.id).field("question", question.question).field("kind", question.kind);
  if (chosen) {
    out.field("wall_s", chosen->usage.wall_s).field("cpu_s", chosen->usage.cpu_s);
    out.field("prompt", chosen->usage.prompt_tokens).field("reused", chosen->usage.reused_tokens);
  }
  out.key("passages").begin_array();
  for (std::size_t w = 0; w < windows.size(); ++w) {
    out.begin_object().field("heading", windows[w].heading);
    if (chosen) out.field("none", chosen->passages[w].none);
    out.key("sentences").begin_array();
    for (std::size_t s = 0; s < windows[w].extracts.size(); ++s) {
      const std::size_t at = windows[w].extracts[s];
      out.begin_object().field("text", scoring.pool[at].text).field("prior", scoring.probabilities[at]);
      out.field("right", is_right(question, scoring.pool[at]));
      if (chosen) out.field("p", chosen->passages[w].sentences[s]);
      out.end_object();
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
  return std::move(out).text();
}

}  // namespace

beffroi::Status write_offers(const Answerer::Parts& parts, const std::vector<Labelled>& questions, const Offers& offers,
                             const std::filesystem::path& path) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  for (const Labelled& one : questions) {
    Question question;
    question.text = one.question;
    const Search search = run_search(parts, question, {});
    if (search.fault) return tl::unexpected(*search.fault);
    const Scoring scoring = score(question, search);
    const std::vector<Window> windows = windows_of(scoring.pool, scoring.probabilities, offers.windows);
    std::optional<llm::Choosing> chosen;
    if (offers.chooser != nullptr && !windows.empty())
      chosen = BEFFROI_TRY(offers.chooser->choose(request_of(one.question, windows, scoring), {}));
    out << line_of(one, windows, scoring, chosen) << '\n' << std::flush;
    if (!out) return fail(Code::storage, "Le fichier n’a pas pu être écrit (disque plein ou dossier absent).", path.string());
  }
  return {};
}

}  // namespace beffroi::answers
