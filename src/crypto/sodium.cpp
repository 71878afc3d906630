#include "crypto/sodium.h"

#include <sodium.h>

#include <cstdio>
#include <cstdlib>

namespace beffroi::crypto {

void sodium_is_ready() {
  static const bool ready = [] {
    if (sodium_init() >= 0) return true;
    std::fputs("libsodium: no source of random bytes\n", stderr);
    std::abort();
  }();
  static_cast<void>(ready);
}

}  // namespace beffroi::crypto
