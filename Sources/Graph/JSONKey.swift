/// The keys that an object of a JSON document may have.
package protocol JSONKey: RawRepresentable, CaseIterable where RawValue == String {
  /// Whether the key may be left out, or be null, which is the same.
  var isOptional: Bool { get }
}
