// What the command line says to the person at the keyboard.
#pragma once

#include <string_view>

#include "base/error.h"

namespace beffroi::app {

// Prints the French sentence on standard error, the English detail after it when there is one. Returns the exit code.
int say_fault(const Error& error);

// Overwrites one line of progress on a terminal; says every tenth of the way elsewhere. Silent when standard error is closed.
class Progress {
 public:
  explicit Progress(std::string_view what) : what_(what) {}
  void at(long long done, long long total);

 private:
  std::string_view what_;
  int last_tenth_ = -1;
};

}  // namespace beffroi::app
