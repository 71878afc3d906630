// What a question asks for, read once: its words as the selector compares them, the kind of thing that would answer it, its figures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/facts.h"

namespace beffroi::answers {

enum class Asked {
  anything,
  amount,      // combien coûte, quel prix
  quantity,    // combien de, à quel âge
  delay,       // combien de temps, sous quel délai, valable jusqu’à
  date,        // quand, à quelle date
  place,       // où, dans quelle mairie, à qui s’adresser
  person,      // qui
  documents,   // quels papiers, que faut-il fournir
  permission,  // peut-on, dois-je, est-il obligatoire, ai-je droit
  manner,      // comment, quelle démarche
  definition,  // qu’est-ce que
};

struct Reading {
  std::vector<std::string> terms;      // stems, distinct, in order, filler words of speech left out
  struct Meant {
    std::string stem;
    std::size_t term = 0;              // the term that may mean it
  };
  std::vector<Meant> meant;            // « bébé » may mean « naissance »; distinct stems, none of `terms`
  std::vector<text::Fact> facts;       // « 16 ans », « 15 m² » as its number
  Asked asked = Asked::anything;
  Asked also = Asked::anything;        // « est-il obligatoire de payer combien… »: a second kind, when there is one
  bool yes_no = false;                 // may be answered by yes or no
  bool personal = false;               // someone speaks of themselves, or asks what may or must be done
  bool past = false;                   // asks what happened once: « Qui fut… »
  std::vector<std::string> names;      // proper nouns, folded: capitals elsewhere than at the beginning
};

// `question` is valid UTF-8.
[[nodiscard]] Reading read_question(std::string_view question);

}  // namespace beffroi::answers
