// What the detector knows of a word: a name that people bear, a word of the language, a cue that announces personal data.
//
// Built once from the lists of lexicon/ (lexicon/README.md says where they come from), then read by any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace beffroi::privacy {

using Marks = std::uint32_t;

inline constexpr Marks kFirstName = 1U << 0;
inline constexpr Marks kFemale = 1U << 1;
inline constexpr Marks kMale = 1U << 2;
inline constexpr Marks kSurname = 1U << 3;
inline constexpr Marks kWord = 1U << 4;        // stands in lower case in ordinary French
inline constexpr Marks kCivility = 1U << 5;    // M., Mme, Me, Dr…
inline constexpr Marks kParticle = 1U << 6;    // de, du, van, el…
inline constexpr Marks kStreet = 1U << 7;      // rue, avenue, impasse…
inline constexpr Marks kLodging = 1U << 8;     // bâtiment, appt, résidence, BP…: part of an address
inline constexpr Marks kDwelling = 1U << 9;    // demeurant, domicilié, adresse…: an address follows
inline constexpr Marks kMonth = 1U << 10;
inline constexpr Marks kBirth = 1U << 11;      // né, née, naissance
inline constexpr Marks kPhoneCue = 1U << 12;
inline constexpr Marks kNirCue = 1U << 13;
inline constexpr Marks kPlateCue = 1U << 14;
inline constexpr Marks kFileCue = 1U << 15;    // dossier, matricule, passeport…: a file number may follow
inline constexpr Marks kActCue = 1U << 16;     // délibération, mandat, SIRET, article…: what follows is public
inline constexpr Marks kPersonCue = 1U << 17;  // allocataire, requérant, enfant…: a person follows
inline constexpr Marks kPlaceCue = 1U << 18;   // école, salle, musée…: what follows names a place
inline constexpr Marks kFirmCue = 1U << 19;    // société, cabinet…: what follows names an organisation
inline constexpr Marks kPlace = 1U << 20;      // a town, region or country
inline constexpr Marks kElected = 1U << 21;    // maire, adjoint, conseillère…
inline constexpr Marks kNumberWord = 1U << 22; // mille, neuf, soixante…
inline constexpr Marks kArticle = 1U << 23;    // le, la, les, un…
inline constexpr Marks kBankCue = 1U << 24;    // RIB, IBAN, compte

// `folded`: lower case, no accent. 0 for an unknown word.
[[nodiscard]] Marks marks_of(std::string_view folded);

}  // namespace beffroi::privacy
