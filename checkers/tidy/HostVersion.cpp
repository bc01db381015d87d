#include "tidy/HostVersion.h"

namespace bootorder {

/// `19.1` of `19.1.7`.
static std::string minorOf(std::string_view Version) {
  size_t First = Version.find('.');
  return std::string(Version.substr(0, Version.find('.', First + 1)));
}

/// `19.1.7` of `Debian clang version 19.1.7 (3)`; empty if it is not there.
static std::string numberIn(std::string_view Text) {
  constexpr std::string_view Word = "clang version ";
  size_t At = Text.find(Word);
  if (At == std::string_view::npos)
    return "";
  Text.remove_prefix(At + Word.size());
  return std::string(Text.substr(0, Text.find_first_not_of("0123456789.")));
}

std::string whyUnfit(std::string_view Built, std::string_view Running) {
  std::string Number = numberIn(Running), Wanted = minorOf(Built);
  if (minorOf(Number) == Wanted)
    return "";
  std::string Reason = "this module was built for clang-tidy " + Wanted + ", ";
  if (Running.empty())
    Reason += "and the program that loads it lets modules use no symbols of "
              "Clang, as static builds do";
  else
    Reason += "not for " +
              (Number.empty() ? "'" + std::string(Running) + "'" : Number);
  return Reason + "; run Debian's clang-tidy-" +
         Wanted.substr(0, Wanted.find('.')) +
         ", or build bootorder with the Clang at hand";
}

} // namespace bootorder
