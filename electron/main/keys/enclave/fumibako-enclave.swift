// Keys in the Secure Enclave for one question: a line of JSON in, a line of JSON out. The opaque blob that CryptoKit gives is all that is
// kept of a key; it opens in the enclave of this machine only. NOT BUILT AND NOT RUN HERE.
// Build on macOS: swiftc -O fumibako-enclave.swift -o fumibako-enclave, signed with the app.
import CryptoKit
import Foundation

struct Question: Decodable {
  let make: Bool?
  let sign: Data?
  let key: Data?
}

struct Answer: Encodable {
  var key: Data?
  var publicKey: Data?
  var signature: Data?
  var fault: String?
}

func answer(_ question: Question) -> Answer {
  guard SecureEnclave.isAvailable else { return Answer(fault: "module") }
  do {
    if question.make == true {
      let key = try SecureEnclave.P256.Signing.PrivateKey()
      return Answer(key: key.dataRepresentation, publicKey: key.publicKey.x963Representation)
    }
    guard let blob = question.key, let data = question.sign else { return Answer(fault: "silent") }
    guard let key = try? SecureEnclave.P256.Signing.PrivateKey(dataRepresentation: blob) else { return Answer(fault: "key") }
    // CryptoKit hashes with SHA-256; the raw representation is r followed by s.
    return Answer(signature: try key.signature(for: data).rawRepresentation)
  } catch {
    return Answer(fault: "silent")
  }
}

guard let line = readLine(strippingNewline: true), let question = try? JSONDecoder().decode(Question.self, from: Data(line.utf8)) else { exit(2) }
FileHandle.standardOutput.write(try JSONEncoder().encode(answer(question)) + Data("\n".utf8))
