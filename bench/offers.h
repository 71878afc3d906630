// The offers of `beffroi eval offers`, as the benches read them. A fault ends the program with its words.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "json/reader.h"
#include "llm/sentence_chooser.h"

namespace beffroi::bench {

template <class T>
T must(Result<T> result) {
  if (result) return *std::move(result);
  fmt::print(stderr, "{} ({})\n", result.error().message, result.error().detail);
  std::exit(1);
}

struct Offers {
  std::vector<llm::ChoosingRequest> requests;
  std::vector<std::string> sentences;                 // of each, the one the trained selector believes in most
  std::vector<std::vector<std::vector<bool>>> right;  // of each passage of each, the expected sentences
};

inline Offers read_offers(const char* path) {
  std::ifstream file(path);
  json::LinesReader lines(file);
  Offers offers;
  while (const auto line = must(lines.next())) {
    llm::ChoosingRequest request;
    request.question = must(must(line->root().member("question")).text());
    request.place.deadline = std::chrono::minutes(10);
    const json::Node passages = must(line->root().member("passages"));
    std::string best;
    double most = 0;
    std::vector<std::vector<bool>> right(passages.size());
    for (std::size_t p = 0; p < passages.size(); ++p) {
      llm::LetteredPassage passage{must(must(passages.at(p).member("heading")).text()), {}};
      const json::Node sentences = must(passages.at(p).member("sentences"));
      for (std::size_t s = 0; s < sentences.size(); ++s) {
        passage.sentences.push_back(must(must(sentences.at(s).member("text")).text()));
        right[p].push_back(must(must(sentences.at(s).member("right")).boolean()));
        const double prior = must(must(sentences.at(s).member("prior")).number());
        if (prior > most) best = passage.sentences.back();
        most = std::max(most, prior);
      }
      request.passages.push_back(std::move(passage));
    }
    if (request.passages.empty()) continue;
    offers.requests.push_back(std::move(request));
    offers.sentences.push_back(std::move(best));
    offers.right.push_back(std::move(right));
  }
  return offers;
}

}  // namespace beffroi::bench
