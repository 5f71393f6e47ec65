import type { rolesText } from '../roles.ts';

export const roles: typeof rolesText = {
  system: 'Andon',
  of: {
    buyer: 'Покупатель',
    partner: 'Партнёр',
    operator: 'Оператор',
    packer: 'Упаковка',
    quality: 'Контроль качества',
    supervisor: 'Мастер смены',
    crm: 'Отдел продаж',
    engineer: 'Инженер',
    carrier: 'Перевозчик',
    system: 'Andon',
  },
};
