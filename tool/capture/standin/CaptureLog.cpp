#include "tool/capture/standin/CaptureLog.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace bootorder {
namespace {

constexpr char Magic[] = {'B', 'O', 'R', 'C'};
constexpr size_t HeaderSize = sizeof(Magic) + sizeof(uint32_t);
/// Fields in front of the arguments.
constexpr size_t FixedFields = 5;

const char *fateName(ObjectFate Fate) {
  switch (Fate) {
  case ObjectFate::Faked:
    return "faked";
  case ObjectFate::Kept:
    return "kept";
  case ObjectFate::Real:
    return "real";
  }
  return "";
}

ObjectFate fateFromName(const std::string &Name) {
  if (Name == "kept")
    return ObjectFate::Kept;
  return Name == "real" ? ObjectFate::Real : ObjectFate::Faked;
}

std::vector<std::string> splitFields(const char *Begin, size_t Length) {
  std::vector<std::string> Fields;
  for (size_t At = 0; At < Length;) {
    size_t FieldLength = strnlen(Begin + At, Length - At);
    Fields.emplace_back(Begin + At, FieldLength);
    At += FieldLength + 1;
  }
  return Fields;
}

} // namespace

std::string encodeRecord(const CommandRecord &Record) {
  std::string Body;
  auto AddField = [&Body](const std::string &Field) {
    Body += Field;
    Body.push_back('\0');
  };
  AddField(Record.Kind == CommandKind::Assembly ? "s" : "c");
  AddField(fateName(Record.Fate));
  AddField(Record.Directory);
  AddField(Record.Object);
  AddField(Record.DependencyFile);
  for (const std::string &Argument : Record.Arguments)
    AddField(Argument);
  uint32_t Length = static_cast<uint32_t>(Body.size());
  std::string Bytes(Magic, sizeof(Magic));
  Bytes.append(reinterpret_cast<const char *>(&Length), sizeof(Length));
  return Bytes + Body;
}

std::vector<CommandRecord> decodeRecords(const std::string &Bytes) {
  std::vector<CommandRecord> Records;
  size_t At = 0;
  while (Bytes.size() - At >= HeaderSize &&
         std::memcmp(Bytes.data() + At, Magic, sizeof(Magic)) == 0) {
    uint32_t Length = 0;
    std::memcpy(&Length, Bytes.data() + At + sizeof(Magic), sizeof(Length));
    At += HeaderSize;
    if (Bytes.size() - At < Length)
      break;
    std::vector<std::string> Fields = splitFields(Bytes.data() + At, Length);
    At += Length;
    if (Fields.size() < FixedFields)
      continue;
    CommandRecord Record;
    Record.Kind = Fields[0] == "s" ? CommandKind::Assembly : CommandKind::C;
    Record.Fate = fateFromName(Fields[1]);
    Record.Directory = Fields[2];
    Record.Object = Fields[3];
    Record.DependencyFile = Fields[4];
    Record.Arguments.assign(Fields.begin() + FixedFields, Fields.end());
    Records.push_back(std::move(Record));
  }
  return Records;
}

bool appendRecord(const std::string &Path, const CommandRecord &Record) {
  int File =
      open(Path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (File < 0)
    return false;
  std::string Bytes = encodeRecord(Record);
  ssize_t Written = write(File, Bytes.data(), Bytes.size());
  int WriteError = Written < 0 ? errno : ENOSPC;
  close(File);
  errno = WriteError;
  return Written == static_cast<ssize_t>(Bytes.size());
}

} // namespace bootorder
