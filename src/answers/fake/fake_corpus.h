// A corpus in memory, for tests: publications given by hand, found by the words they share with the question.
#pragma once

#include <memory>
#include <vector>

#include "knowledge/corpus.h"

namespace beffroi::answers::fake {

// Calls search as often as told before failing with `Code::unavailable`; by default never fails.
struct FakeOptions {
  int searches_before_failure = -1;
};

[[nodiscard]] std::shared_ptr<const knowledge::Corpus> make_corpus(std::vector<knowledge::Publication> publications,
                                                                   const FakeOptions& options = {});

}  // namespace beffroi::answers::fake
