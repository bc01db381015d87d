#include "tool/driver/AnswerCodec.h"

#include <type_traits>

namespace bootorder {

// The members of each struct, for writing and reading alike: Io is a Writer
// with constant members or a Reader.

template <typename Io, typename T> static void eachMember(Io &io, T &Value);

namespace {

class Writer {
public:
  template <typename... Ts> void operator()(const Ts &...Values) {
    (add(Values), ...);
  }

  std::string Bytes;

private:
  void number(uint64_t Value) {
    for (; Value >= 0x80; Value >>= 7)
      Bytes += static_cast<char>(Value | 0x80);
    Bytes += static_cast<char>(Value);
  }
  void add(const std::string &Text) {
    number(Text.size());
    Bytes += Text;
  }
  template <typename T> void add(const std::vector<T> &List) {
    number(List.size());
    for (const T &Item : List)
      add(Item);
  }
  template <typename K, typename V> void add(const std::map<K, V> &Map) {
    number(Map.size());
    for (const auto &[Key, Value] : Map)
      (*this)(Key, Value);
  }
  template <typename T> void add(const T &Value) {
    if constexpr (std::is_class_v<T>)
      eachMember(*this, Value);
    else
      number(static_cast<uint64_t>(Value));
  }
};

/// Past the end, or past nonsense, everything reads as nothing.
class Reader {
public:
  explicit Reader(llvm::StringRef Bytes) : Left(Bytes) {}

  template <typename... Ts> void operator()(Ts &...Values) {
    (take(Values), ...);
  }

  bool isWhole() const { return !HasFailed && Left.empty(); }

private:
  uint64_t number() {
    uint64_t Value = 0;
    for (unsigned Shift = 0; Shift < 64 && !Left.empty(); Shift += 7) {
      uint8_t Byte = Left.front();
      Left = Left.drop_front();
      Value |= uint64_t(Byte & 0x7f) << Shift;
      if (Byte < 0x80)
        return Value;
    }
    HasFailed = true;
    Left = "";
    return 0;
  }
  /// Of something whose items take a byte each at least.
  size_t size() {
    uint64_t Size = number();
    if (Size <= Left.size())
      return Size;
    HasFailed = true;
    Left = "";
    return 0;
  }
  void take(std::string &Text) {
    size_t Size = size();
    Text = Left.take_front(Size).str();
    Left = Left.drop_front(Size);
  }
  template <typename T> void take(std::vector<T> &List) {
    for (size_t Size = size(); Size != 0 && !HasFailed; --Size)
      take(List.emplace_back());
  }
  template <typename K, typename V> void take(std::map<K, V> &Map) {
    for (size_t Size = size(); Size != 0 && !HasFailed; --Size) {
      K Key{};
      take(Key);
      take(Map[std::move(Key)]);
    }
  }
  template <typename T> void take(T &Value) {
    if constexpr (std::is_class_v<T>)
      eachMember(*this, Value);
    else
      Value = static_cast<T>(number());
  }

  llvm::StringRef Left;
  bool HasFailed = false;
};

/// T, or const T.
template <typename T, typename Struct>
constexpr bool is = std::is_same_v<std::remove_const_t<T>, Struct>;

} // namespace

template <typename Io, typename T> static void eachFindingMember(Io &io, T &V) {
  io(V.Rule, V.Class, V.Severity, V.Confidence, V.ConfidenceReason, V.Message,
     V.Why, V.Doc, V.Sink, V.Function, V.Place, V.Step, V.NeedsMilestone,
     V.MilestoneMeans, V.NeedsAfter, V.Milestone, V.HasValue, V.Value, V.Path,
     V.RootFrame, V.Others, V.Failure.Call, V.Failure.Function, V.Failure.Place,
     V.Effect, V.EffectMeans, V.EffectPath, V.Guards, V.RootPaths, V.Roots,
     V.Fingerprint);
}

template <typename Io, typename T> static void eachLedgerMember(Io &io, T &V) {
  io(V.Units, V.UnitsParsed, V.UnitsWithNotes, V.ModuleUnits, V.AssemblyUnits,
     V.UnitsLost, V.Functions, V.DuplicateDefinitions, V.Duplicates,
     V.FlowLostFunctions, V.ReachedBefore, V.IndirectCalls, V.UnresolvedCalls,
     V.Assumed, V.MissingMilestones, V.MissingEntryPoints, V.HeldBack,
     V.Suppressed, V.Branches, V.BranchesDecided, V.ValuesRead, V.ValuesKnown);
}

template <typename Io, typename T> static void eachMember(Io &io, T &V) {
  if constexpr (is<T, SourcePlace>)
    io(V.File, V.Line, V.Column);
  else if constexpr (is<T, WitnessFrame>)
    io(V.Function, V.Place, V.Edge, V.Callee, V.Through, V.Arguments,
       V.Evidence, V.EvidencePlace);
  else if constexpr (is<T, RootWitness>)
    io(V.Root, V.Path);
  else if constexpr (is<T, StepPlace>)
    io(V.Number, V.Function, V.Place);
  else if constexpr (is<T, OffendingValue>)
    io(V.Text, V.IsKnown, V.Number, V.BitName, V.Bit);
  else if constexpr (is<T, OtherPlace>)
    io(V.Sink, V.Function, V.Place);
  else if constexpr (is<T, GuardNote>)
    io(V.Condition, V.Function, V.Place, V.IsKnown, V.Text, V.Cause);
  else if constexpr (is<T, Finding>)
    eachFindingMember(io, V);
  else if constexpr (is<T, StepRow>)
    io(V.Step, V.IsCertain, V.Depth, V.Milestones);
  else if constexpr (is<T, ReachedRow>)
    io(V.Function, V.File, V.FirstStep, V.LastStep);
  else if constexpr (is<T, UnresolvedCall>)
    io(V.Function, V.Place, V.Through);
  else if constexpr (is<T, LostUnit>)
    io(V.Unit, V.Reason);
  else if constexpr (is<T, Ledger>)
    eachLedgerMember(io, V);
  else if constexpr (is<T, SolveResult>)
    io(V.Findings, V.Steps, V.Reached, V.Summary);
  else if constexpr (is<T, FunctionExtent>)
    io(V.Name, V.First, V.Last);
  else
    io(V.LikeOutput, V.Constants, V.Extents, V.Result); // Answer
}

std::string encodeAnswer(const Answer &A) {
  Writer Out;
  Out(A);
  return std::move(Out.Bytes);
}

std::optional<Answer> decodeAnswer(llvm::StringRef Bytes) {
  Reader In(Bytes);
  Answer A;
  In(A);
  if (!In.isWhole())
    return std::nullopt;
  return A;
}

} // namespace bootorder
