// A stretch of text that is personal data.
#pragma once

#include <cstddef>
#include <string_view>

namespace beffroi::privacy {

enum class Label { person, address, city, phone, email, nir, iban, plate, birth_date, date, file_number };

inline constexpr std::size_t kLabels = 11;

// PERSON, ADDRESS, CITY, PHONE, EMAIL, NIR, IBAN, PLATE, DOB, DATE, ID.
[[nodiscard]] std::string_view name_of(Label label);

struct Span {
  std::size_t begin = 0, end = 0;  // bytes, on boundaries of code points; begin < end
  Label label = Label::person;
  std::size_t civility_bytes = 0;  // of a person: the « Mme » it begins with, which is kept when the name is replaced
  char sex = ' ';                  // of a person: 'F', 'M', or ' ' when nothing tells
  bool elected = false;            // of a person: named as maire, adjoint, conseiller…

  friend bool operator==(const Span&, const Span&) = default;
};

}  // namespace beffroi::privacy
