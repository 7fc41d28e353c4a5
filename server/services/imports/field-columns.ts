/** Under which names a file of fields carries what is known of a field; a .dbf cuts names after ten bytes. */
export const fieldColumns = {
  id: ['fieldId', 'id', 'field_id', '地块编号', '编号', '地块编码', '地块编'],
  town: ['town', 'townCode', 'town_code', '乡镇编码', '乡镇', 'townName', '所属乡镇', '乡镇编', '所属乡'],
  village: ['village', '村', '行政村', '村名'],
  crop: ['crop', '作物'],
  ripeDate: ['ripeDate', 'ripe_date', '成熟日期', '成熟期', '成熟日'],
} as const;
const asWritten = new Map<string, string>(Object.values(fieldColumns).flatMap(names => names.map(name => [name.toLowerCase(), name])));

/** FIELDID and fieldid are fieldId. */
export const columnNamed = (name: string): string => asWritten.get(name.toLowerCase()) ?? name;
