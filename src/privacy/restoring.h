// Puts the values back in what a model wrote, whole or as it comes.
//
// Only a token written exactly is replaced: one that the model altered or made up stays as it is and is counted, so that no person is ever
// taken for another. Not thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "privacy/pseudonyms.h"

namespace beffroi::privacy {

enum class Place { text, json_string };  // json_string: values are escaped, for the arguments of a tool call

class Restorer {
 public:
  // `pseudonyms` outlives this.
  explicit Restorer(const Pseudonyms& pseudonyms, Place place = Place::text) : pseudonyms_(pseudonyms), place_(place) {}

  // Any cut of the stream gives the same whole: what may be the beginning of a token waits (kTokenBytesMax at most).
  [[nodiscard]] std::string feed(std::string_view piece);
  [[nodiscard]] std::string finish();
  // Tokens met that stand for nothing known.
  [[nodiscard]] std::size_t unknown() const { return unknown_; }

 private:
  [[nodiscard]] std::string release(bool last);

  const Pseudonyms& pseudonyms_;
  Place place_;
  std::string waiting_;
  std::size_t unknown_ = 0;
};

[[nodiscard]] std::string restore(std::string_view text, const Pseudonyms& pseudonyms, Place place = Place::text);

}  // namespace beffroi::privacy
