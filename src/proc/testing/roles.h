// For tests only: this test program started again as a child. A role is a test case that is skipped unless it is asked for by name.
#pragma once

#include <string>
#include <vector>

namespace beffroi::proc::testing {

inline std::vector<std::string> role(const std::string& name) {
  return {"/proc/self/exe", "--no-skip", "--test-case=role: " + name, "--out=/dev/null"};
}

}  // namespace beffroi::proc::testing
