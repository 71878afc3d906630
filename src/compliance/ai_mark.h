// What article 50 of the European regulation on AI asks: people are told before the first exchange that a machine writes, and what it
// wrote is marked, for eyes and for programs. Texts in French. Pure functions.
//
// A text made of the sources' own sentences is not marked: no machine wrote it.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"
#include "json/writer.h"

namespace beffroi::compliance {

// Before the first exchange: on the pages that offer a model, and in the `notice` of the answers of the API.
inline constexpr std::string_view kAiNotice =
    "Vous utilisez un système d’intelligence artificielle. Ce qu’un modèle de langue écrit est marqué comme tel, peut contenir des "
    "erreurs et ne remplace pas une personne de la mairie.";

// What programs read: a header of the reply, a <meta> of the page, a member of the JSON.
inline constexpr std::string_view kAiHeader = "X-AI-Generated";
inline constexpr std::string_view kAiSystem = "Beffroi";
// IPTC's term for what people wrote and a model worked over, and for what a model wrote.
inline constexpr std::string_view kReworked = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";
inline constexpr std::string_view kWritten = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

struct Generated {
  std::string model;                    // its id
  std::string_view source = kReworked;  // or kWritten
};

// « true; system="Beffroi"; model="…" »; a model's id that a header cannot hold is left out.
void mark(http::Reply& reply, const Generated& by);
// The same words for a <meta name="ai-generated"> of a page.
[[nodiscard]] std::string meta_mark(const Generated& by);
// "notice": "…", "generated_by": {"ai": true, "system", "model", "digital_source_type"} in an object that is open.
void write_mark(json::Writer& out, const Generated& by);
// « Texte produit avec l’aide d’une intelligence artificielle (Beffroi, modèle …). »: at the end of what is copied, printed or exported.
[[nodiscard]] std::string mention(const Generated& by);

}  // namespace beffroi::compliance
