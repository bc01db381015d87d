//===- StepSet.cpp - steps of the boot as a set ---------------------------===//

#include "solve/StepSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

using namespace bootorder;

/// Bits of word \p Index that stand for steps of \p Steps.
static uint64_t bitsOf(StepInterval Steps, uint32_t Index) {
  constexpr uint64_t All = ~uint64_t(0);
  uint64_t First = uint64_t(Index) * 64, Last = First + 63;
  if (Steps.First > Last || Steps.Last < First)
    return 0;
  uint64_t Bits = All;
  if (Steps.First > First)
    Bits &= All << (Steps.First - First);
  if (Steps.Last < Last)
    Bits &= All >> (Last - Steps.Last);
  return Bits;
}

/// Makes room for the words [\p First, \p End).
void StepSet::widen(uint32_t First, uint32_t End) {
  if (Words.empty())
    BeginWord = First;
  if (First < BeginWord) {
    Words.insert(Words.begin(), BeginWord - First, 0);
    BeginWord = First;
  }
  if (End > endWord())
    Words.resize(End - BeginWord);
}

bool StepSet::empty() const {
  return llvm::all_of(Words, [](Word Bits) { return Bits == 0; });
}

std::optional<uint32_t> StepSet::firstIn(uint32_t First, uint32_t End) const {
  if (First >= End)
    return std::nullopt;
  StepInterval Asked{First, End - 1};
  uint32_t Index = std::max(BeginWord, First / WordSize);
  uint32_t Stop = std::min(endWord(), Asked.Last / WordSize + 1);
  for (; Index < Stop; ++Index)
    if (Word Bits = word(Index) & bitsOf(Asked, Index))
      return Index * WordSize + llvm::countr_zero(Bits);
  return std::nullopt;
}

void StepSet::add(StepInterval Steps) {
  uint32_t First = Steps.First / WordSize, End = Steps.Last / WordSize + 1;
  widen(First, End);
  for (uint32_t I = First; I < End; ++I)
    Words[I - BeginWord] |= bitsOf(Steps, I);
}

void StepSet::add(const StepSet &Other) {
  if (Other.Words.empty())
    return;
  widen(Other.BeginWord, Other.endWord());
  for (uint32_t I = Other.BeginWord; I < Other.endWord(); ++I)
    Words[I - BeginWord] |= Other.word(I);
}

void StepSet::remove(const StepSet &Other) {
  for (uint32_t I = 0; I < Words.size(); ++I)
    Words[I] &= ~Other.word(BeginWord + I);
}

void StepSet::keep(const StepSet &Other) {
  for (uint32_t I = 0; I < Words.size(); ++I)
    Words[I] &= Other.word(BeginWord + I);
}

bool StepSet::addCommon(const StepSet &A, const StepSet &B,
                        StepInterval Within) {
  auto Common = [&](uint32_t I) {
    return A.word(I) & B.word(I) & bitsOf(Within, I);
  };
  uint32_t First =
      std::max({A.BeginWord, B.BeginWord, Within.First / WordSize});
  uint32_t End =
      std::min({A.endWord(), B.endWord(), Within.Last / WordSize + 1});
  while (First < End && Common(First) == 0)
    ++First;
  while (First < End && Common(End - 1) == 0)
    --End;
  if (First >= End)
    return false;
  widen(First, End);
  Word New = 0;
  for (uint32_t I = First; I < End; ++I) {
    Word &Held = Words[I - BeginWord];
    New |= Common(I) & ~Held;
    Held |= Common(I);
  }
  return New != 0;
}
