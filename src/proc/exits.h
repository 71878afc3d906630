// How a child ended, in words an administrator can act on.
#pragma once

#include <string>

namespace beffroi::proc {

struct Exit {
  int code = 0;    // when signal is 0
  int signal = 0;  // that killed it

  // « arrêt normal », « erreur 3 », « signal 9 (tué, par le système faute de mémoire ou à la main) »…
  [[nodiscard]] std::string in_words() const;
};

}  // namespace beffroi::proc
