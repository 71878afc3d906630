#include "usecases/oversight/charter_html.h"

#include <algorithm>
#include <string>

namespace beffroi::oversight {

namespace {

constexpr std::string_view kTitle = "Charte d’usage";

class Writing {
 public:
  explicit Writing(pages::Html& html) : html_(html) {}

  void take(std::string_view line) {
    if (line.starts_with("# ")) {
      end_block();
      html_.element(titles_++ == 0 ? "h1" : "h2", line.substr(2));
      return;
    }
    if (titles_ == 0 && !line.empty()) html_.element("h1", kTitle), ++titles_;
    if (line.starts_with("- ")) {
      end_paragraph();
      if (!in_list_) html_.open("ul");
      in_list_ = true;
      html_.element("li", line.substr(2));
    } else if (line.empty()) {
      end_block();
    } else {
      end_list();
      paragraph_ += (paragraph_.empty() ? "" : " ") + std::string(line);
    }
  }
  void end_block() {
    end_paragraph();
    end_list();
  }

 private:
  void end_paragraph() {
    if (!paragraph_.empty()) html_.element("p", paragraph_);
    paragraph_.clear();
  }
  void end_list() {
    if (in_list_) html_.close();
    in_list_ = false;
  }

  pages::Html& html_;
  std::string paragraph_;
  bool in_list_ = false;
  int titles_ = 0;
};

}  // namespace

void write_charter(pages::Html& html, std::string_view text) {
  Writing writing(html);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    while (line.ends_with(' ')) line.remove_suffix(1);
    writing.take(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  writing.end_block();
}

}  // namespace beffroi::oversight
