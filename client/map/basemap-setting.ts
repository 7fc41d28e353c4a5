export interface BasemapSetting {
  template: string;
  datum: 'wgs84' | 'gcj02';
  attribution: string;
}

/** `URL template|wgs84 or gcj02|attribution`; null when there is no base map. */
export function basemapSetting(setting: string | null): BasemapSetting | null {
  if (setting === null || setting.trim() === '') return null;
  const [template, datum = 'wgs84', ...attribution] = setting.split('|').map(part => part.trim());
  return { template, datum: datum.toLowerCase() === 'gcj02' ? 'gcj02' : 'wgs84', attribution: attribution.join('|') };
}
