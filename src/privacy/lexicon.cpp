#include "privacy/lexicon.h"

#include <array>
#include <cstddef>
#include <vector>

extern "C" {
#define BEFFROI_LIST(name) extern const char beffroi_privacy_##name##_begin[], beffroi_privacy_##name##_end[]
BEFFROI_LIST(first_names);
BEFFROI_LIST(more_first_names);
BEFFROI_LIST(surnames);
BEFFROI_LIST(more_surnames);
BEFFROI_LIST(words);
BEFFROI_LIST(everyday_words);
BEFFROI_LIST(cues);
#undef BEFFROI_LIST
}

namespace beffroi::privacy {

namespace {

struct CueName {
  std::string_view name;
  Marks marks;
};

// The headings of lexicon/cues.txt.
constexpr std::array kCueNames = {CueName{"civility", kCivility | kWord},
                                  CueName{"particle", kParticle | kWord},
                                  CueName{"street", kStreet | kPlaceCue | kWord},
                                  CueName{"street-word", kStreet | kWord},
                                  CueName{"lodging", kLodging | kPlaceCue | kWord},
                                  CueName{"dwelling", kDwelling | kWord},
                                  CueName{"month", kMonth | kWord},
                                  CueName{"birth", kBirth | kWord},
                                  CueName{"phone", kPhoneCue | kWord},
                                  CueName{"nir", kNirCue | kWord},
                                  CueName{"plate", kPlateCue | kWord},
                                  CueName{"file", kFileCue | kWord},
                                  CueName{"act", kActCue | kWord},
                                  CueName{"person", kPersonCue | kWord},
                                  CueName{"place-cue", kPlaceCue | kWord},
                                  CueName{"firm", kFirmCue | kWord},
                                  CueName{"place", kPlace},
                                  CueName{"elected", kElected | kWord},
                                  CueName{"number", kNumberWord | kWord},
                                  CueName{"article", kArticle | kWord},
                                  CueName{"bank", kBankCue | kWord},
                                  CueName{"word", kWord}};

// Open addressing over the embedded bytes: nothing is copied.
class Table {
 public:
  Table() : slots_(kSlots) {
    read_names({beffroi_privacy_first_names_begin, beffroi_privacy_first_names_end}, kFirstName);
    read_names({beffroi_privacy_more_first_names_begin, beffroi_privacy_more_first_names_end}, kFirstName);
    read_names({beffroi_privacy_surnames_begin, beffroi_privacy_surnames_end}, kSurname);
    read_names({beffroi_privacy_more_surnames_begin, beffroi_privacy_more_surnames_end}, kSurname);
    read_names({beffroi_privacy_words_begin, beffroi_privacy_words_end}, kWord);
    read_names({beffroi_privacy_everyday_words_begin, beffroi_privacy_everyday_words_end}, kWord);
    read_cues({beffroi_privacy_cues_begin, beffroi_privacy_cues_end});
  }

  [[nodiscard]] Marks find(std::string_view word) const {
    for (std::size_t at = hash(word) % kSlots;; at = (at + 1) % kSlots) {
      const Slot& slot = slots_[at];
      if (slot.word.empty()) return 0;
      if (slot.word == word) return slot.marks;
    }
  }

 private:
  struct Slot {
    std::string_view word;
    Marks marks = 0;
  };
  static constexpr std::size_t kSlots = 1 << 17;  // four times the words there are

  static std::size_t hash(std::string_view word) {
    std::uint64_t value = 1469598103934665603ULL;
    for (const char c : word) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<std::size_t>(value ^ (value >> 29));
  }

  void add(std::string_view word, Marks marks) {
    if (word.empty()) return;
    std::size_t at = hash(word) % kSlots;
    while (!slots_[at].word.empty() && slots_[at].word != word) at = (at + 1) % kSlots;
    slots_[at].word = word;
    slots_[at].marks |= marks;
  }

  template <class OnLine>
  static void each_line(std::string_view list, OnLine on_line) {
    for (std::size_t begin = 0; begin < list.size();) {
      const std::size_t end = std::min(list.find('\n', begin), list.size());
      on_line(list.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  // One name a line, its sex after a space when only one sex bears it.
  void read_names(std::string_view list, Marks marks) {
    each_line(list, [&](std::string_view line) {
      const std::size_t space = line.find(' ');
      const char sex = space == std::string_view::npos ? ' ' : line.back();
      add(line.substr(0, space), marks | (sex == 'f' ? kFemale : 0) | (sex == 'm' ? kMale : 0));
    });
  }

  // «heading: word word word».
  void read_cues(std::string_view list) {
    each_line(list, [&](std::string_view line) {
      const std::size_t colon = line.find(':');
      if (line.empty() || line[0] == '#' || colon == std::string_view::npos) return;
      Marks marks = 0;
      for (const CueName& cue : kCueNames) {
        if (cue.name == line.substr(0, colon)) marks = cue.marks;
      }
      for (std::size_t begin = colon + 1; begin < line.size();) {
        const std::size_t end = std::min(line.find(' ', begin), line.size());
        add(line.substr(begin, end - begin), marks);
        begin = end + 1;
      }
    });
  }

  std::vector<Slot> slots_;
};

}  // namespace

Marks marks_of(std::string_view folded) {
  static const Table table;
  return table.find(folded);
}

}  // namespace beffroi::privacy
