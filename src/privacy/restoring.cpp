#include "privacy/restoring.h"

#include <algorithm>

#include "json/writer.h"

namespace beffroi::privacy {

std::string Restorer::feed(std::string_view piece) {
  waiting_ += piece;
  return release(false);
}

std::string Restorer::finish() { return release(true); }

std::string Restorer::release(bool last) {
  std::string out;
  std::size_t at = 0;
  while (at < waiting_.size()) {
    const std::size_t bracket = std::min(waiting_.find('[', at), waiting_.size());
    out.append(waiting_, at, bracket - at);
    at = bracket;
    if (at == waiting_.size()) break;
    bool open = false;
    const std::size_t length = token_length(waiting_, at, open);
    if (open && !last) break;
    if (length == 0) {
      out += waiting_[at++];
      continue;
    }
    const std::string_view token = std::string_view(waiting_).substr(at, length);
    if (const std::string* value = pseudonyms_.value(token); value == nullptr) {
      ++unknown_;
      out += token;
    } else if (place_ == Place::json_string) {
      const std::string quoted = json::quoted(*value);
      out.append(quoted, 1, quoted.size() - 2);
    } else {
      out += *value;
    }
    at += length;
  }
  waiting_.erase(0, at);
  return out;
}

std::string restore(std::string_view text, const Pseudonyms& pseudonyms, Place place) {
  Restorer restorer(pseudonyms, place);
  std::string out = restorer.feed(text);
  return out += restorer.finish();
}

}  // namespace beffroi::privacy
